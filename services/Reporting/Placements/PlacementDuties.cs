using System.Globalization;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Reporting.Clocks;

namespace LeftBehind.Reporting.Placements;

/// <summary>A placement that lasts is reviewed again and again: whether the guardian is able again (未成年人保护法 §93 asks that, and names no time).</summary>
public sealed class PlacementDuties(ObligationBook book, DivisionTree tree, ReportingRules rules)
{
    public ObligationTerms Terms { get; } = new("reporting.reviewPlacement", ObligationBasis.PlatformDefault,
        $"平台默认：临时监护期间每{rules.ReviewEveryDays}日评估一次；未成年人保护法第93条由民政部门评估，未规定期限", Clock.Days(rules.ReviewEveryDays))
    { AtRisk = AtRisk.After(0.8), EscalatesAfter = TimeSpan.FromDays(3) };

    /// <summary>The next review is due from what was recorded last; the one before is done, or with the end let go.</summary>
    public async Task FollowAsync(StoreWork work, Placement placement, EventMeta meta, CancellationToken ct)
    {
        var subject = new ObligationSubject(Placement.StreamType, placement.Id);
        if (placement.Ended is not null)
            await book.WaiveAsync(work, [new(subject, Terms.Kind, "The placement ended.", meta)], ct);
        else if (placement.Reviews.Count > 0)
            await book.FulfilAsync(work, [new(subject, Terms.Kind, meta, Key(placement.Reviews.Count - 1))], ct);
        if (placement.Ended is null)
            await book.OpenAsync(work, new NewObligation(
                Terms, subject, tree.CountyOf(placement.Facts!.Division), OwnerDepartment.CivilAffairs, placement.LastAt, meta, Key(placement.Reviews.Count)), ct);
    }

    private static string Key(int review) => review.ToString(CultureInfo.InvariantCulture);
}
