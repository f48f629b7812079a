using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Recounting;

/// <summary>
/// What the figures must be, counted anew from the rows alone with plain lists and loops; shares no code with the services.
/// Rows may be given in any order, except that of two with one id the first counts: the source's sequence decides.
/// </summary>
/// <param name="tree">The divisions.</param>
/// <param name="countyCode">The county that the sources answer for.</param>
/// <param name="pushedOn">The day of the push: what lay in the future then is not taken.</param>
public sealed class Recount(DivisionTree tree, string countyCode, DateOnly pushedOn)
{
    private readonly Dictionary<string, HouseholdRow> _households = [];
    private readonly Dictionary<string, RollRow> _roll = [];

    /// <summary>Takes a batch of the population base.</summary>
    public void Take(HouseholdBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var row in batch.Rows)
            _households.TryAdd(row.SourceEventId, row);
    }

    /// <summary>Takes a batch of the student roll.</summary>
    public void Take(RollBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var row in batch.Rows)
            _roll.TryAdd(row.SourceEventId, row);
    }

    /// <summary>Takes everything of a phase.</summary>
    public Recount Take(Phases.Phase phase)
    {
        ArgumentNullException.ThrowIfNull(phase);
        foreach (var batch in phase.Households.Batches)
            Take(batch);
        foreach (var batch in phase.Roll.Batches)
            Take(batch);
        return this;
    }

    /// <summary>The figures as they must be on a day, Asia/Shanghai.</summary>
    public RecountedFigures On(DateOnly today)
    {
        var rules = new RowRules(tree, pushedOn);
        var children = new ChildrenOfRows(IsInCounty, today).Of(_households.Values.Where(rules.CanBeTaken).OrderBy(r => r.SourceSequence).ToList());
        var pupils = PupilsOfRows.Of(_roll.Values.Where(rules.CanBeTaken).OrderBy(r => r.SourceSequence), IsInCounty);
        Match(children, pupils);
        return Counting.Of(tree, children, pupils, today);
    }

    /// <summary>
    /// A pupil is the child whose valid number it has, when the names agree and the birth dates do not differ. A child with several
    /// is schooled where one of them attends, else as what counts from the latest day says; of several as the roll spoke last.
    /// </summary>
    private static void Match(IEnumerable<CountedChild> children, IEnumerable<CountedPupil> pupils)
    {
        var owners = children.Where(c => c.ValidNumber.Length > 0).ToDictionary(c => c.ValidNumber);
        foreach (var pupil in pupils.OrderBy(Attendance).ThenBy(p => p.Since).ThenBy(p => p.ToldAt))
        {
            if (!IdNumber.IsValid(pupil.Number) || !owners.TryGetValue(pupil.Number, out var child) || child.Name != pupil.Name)
                continue;
            if (child.Born is not null && pupil.Born is not null && child.Born != pupil.Born)
                continue;
            pupil.Matched = true;
            (child.Schooling, child.Boarding) = (pupil.SchoolingOfChild, pupil.BoardingOfChild);
        }

        static int Attendance(CountedPupil pupil) => pupil.State is not ("enrolled" or "onLeave") ? 0 : pupil.SchoolingOfChild is "notCollected" ? 1 : 2;
    }

    private bool IsInCounty(string code)
    {
        var village = tree.Resolve(DivisionCode.Parse(code), tree.Edition);
        var county = tree.Resolve(DivisionCode.Parse(countyCode), tree.Edition);
        return village is { } v && county is { } c && tree.IsWithin(v, c);
    }
}
