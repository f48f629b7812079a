using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Figures;

namespace LeftBehind.Platform.Quarters;

/// <summary>In which view a request asks for figures: a division, the tree it lies in, and the read model.</summary>
/// <param name="Division">Within the caller's reach.</param>
/// <param name="Tree">Today's (AsOfToday), or that of the quarter's last day (AsRecorded).</param>
/// <param name="Model">The live one, or the quarter's copy.</param>
internal sealed record FigureView(DivisionId Division, DivisionTree Tree, ReadModel Model);

/// <summary>Finds the view of a request.</summary>
public sealed class FigureViews(DivisionTree live, QuarterCopies copies, TimeProvider clock)
{
    /// <summary>AsOfToday where no quarter is named; refused where one is named that is not cut.</summary>
    internal async Task<FigureView> OfAsync(string quarter, string code, Admission admission, CancellationToken ct)
    {
        if (quarter.Length > 0)
        {
            var (copy, recorded) = await copies.FindAsync(quarter, code, admission, ct);
            return new(recorded, copy.Tree, copy.Model);
        }
        var division = DivisionRequests.Find(live, code, clock);
        admission.Require(division);
        return new(division!.Value, live, ReadModel.Live);
    }
}
