using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;

namespace LeftBehind.Divisions;

/// <summary>A division that a change makes.</summary>
/// <param name="Division">Its id.</param>
/// <param name="Code">Its first code.</param>
/// <param name="Name">Its first name.</param>
public sealed record NewDivision(DivisionId Division, DivisionCode Code, string Name);

/// <summary>What a change names, whatever its kind.</summary>
/// <param name="Changed">Divisions that it changes, ends or takes parts of.</param>
/// <param name="Under">The division that it puts something under or into.</param>
/// <param name="Moved">What it gives to parts.</param>
/// <param name="Made">What it makes.</param>
/// <param name="Codes">The codes that it gives, those carried along as well, and to which.</param>
/// <param name="Names">The names that it gives.</param>
public sealed record ChangeShape(
    IReadOnlyList<DivisionId> Changed, DivisionId? Under, IReadOnlyList<DivisionId> Moved, IReadOnlyList<NewDivision> Made,
    IReadOnlyList<(DivisionId Division, DivisionCode Code)> Codes, IReadOnlyList<string> Names)
{
    /// <summary>Every division named that has to be there.</summary>
    public IEnumerable<DivisionId> Named => Changed.Concat(Moved).Concat(Under is { } under ? [under] : []);

    /// <summary>Of a change, by the tree before it.</summary>
    public static ChangeShape Of(DivisionHistory now, IDivisionChange change) => change switch
    {
        DivisionEstablished c => Making([], c.Parent, [], [new(c.Division, c.Code, c.Name)]),
        DivisionRenamed c => new([c.Division], null, [], [], [], [c.Name]),
        DivisionRecoded c => new([c.Division], null, [], [], [(c.Division, c.Code), .. Carried(now, c)], []),
        DivisionReparented c => new([c.Division], c.Parent, [], [], [], []),
        DivisionsMerged c => new(c.Divisions, c.Into, [], [], [], []),
        DivisionSplit c => Making([c.Division], null, [.. c.Parts.SelectMany(p => p.Children)], [.. c.Parts.Select(p => new NewDivision(p.Division, p.Code, p.Name))]),
        VillagesExtracted c => Making(c.From, c.Parent, [], [new(c.Division, c.Code, c.Name)]),
        DivisionAbolished c => new([c.Division], null, [], [], [], []),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static IEnumerable<(DivisionId, DivisionCode)> Carried(DivisionHistory now, DivisionRecoded change) =>
        change.Code.Level == change.Division.Level && now.Now(change.Division) is { } row ? HistoryDraft.Carried(now, change.Division, row.Code, change.Code) : [];

    private static ChangeShape Making(IReadOnlyList<DivisionId> changed, DivisionId? under, IReadOnlyList<DivisionId> moved, IReadOnlyList<NewDivision> made) =>
        new(changed, under, moved, made, [.. made.Select(m => (m.Division, m.Code))], [.. made.Select(m => m.Name)]);
}
