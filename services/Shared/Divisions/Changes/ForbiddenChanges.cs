using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using static LeftBehind.Divisions.DivisionFault;

namespace LeftBehind.Divisions;

/// <summary>
/// What the tree does not become: one table of which fault is looked for in which kind of change, in this order. 行政区划管理条例 says who decides a change;
/// these rules only keep the tree a tree, with one meaning to each code on each day. Pure.
/// </summary>
public static class ForbiddenChanges
{
    private const int LongestDocument = 100, LongestName = 50;

    private static readonly DivisionFault[] OfAll = [InTheFuture, NoDocument, Unknown, Ended, WrongLevel];

    /// <summary>Every kind of change with the faults that forbid it.</summary>
    public static IReadOnlyDictionary<Type, DivisionFault[]> Table { get; } = new Dictionary<Type, DivisionFault[]>
    {
        [typeof(DivisionEstablished)] = [.. OfAll, ChangedLater, NoName, CodeInUse, IdTaken],
        [typeof(DivisionRenamed)] = [InTheFuture, NoDocument, Unknown, Ended, ChangedLater, NoName, NothingChanges],
        [typeof(DivisionRecoded)] = [.. OfAll, ChangedLater, NothingChanges, CodeInUse],
        [typeof(DivisionReparented)] = [.. OfAll, ChangedLater, NothingChanges],
        [typeof(DivisionsMerged)] = [NamesNone, .. OfAll, NamedTwice, ChangedLater],
        [typeof(DivisionSplit)] = [NamesNone, .. OfAll, NamedTwice, NotBelow, ChangedLater, NoName, CodeInUse, IdTaken],
        [typeof(VillagesExtracted)] = [NamesNone, .. OfAll, NamedTwice, ChangedLater, NoName, CodeInUse, IdTaken],
        [typeof(DivisionAbolished)] = [.. OfAll, ChangedLater, LivingBelow],
    };

    /// <summary>The first fault of a change, or null where it is allowed.</summary>
    /// <param name="now">The tree with all that was confirmed before.</param>
    /// <param name="change">The change.</param>
    /// <param name="today">Asia/Shanghai.</param>
    public static DivisionFault? Of(DivisionHistory now, IDivisionChange change, DateOnly today)
    {
        var shape = ChangeShape.Of(now, change);
        foreach (var fault in Table[change.GetType()])
            if (Has(fault, now, change, shape, today))
                return fault;
        return null;
    }

    private static bool Has(DivisionFault fault, DivisionHistory now, IDivisionChange change, ChangeShape shape, DateOnly today) => fault switch
    {
        InTheFuture => change.EffectiveOn > today,
        NoDocument => string.IsNullOrWhiteSpace(change.Document) || change.Document.Length > LongestDocument,
        NamesNone => shape.Changed.Count == 0 || (change is DivisionSplit && shape.Made.Count == 0),
        Unknown => shape.Named.Any(id => now.Now(id) is null),
        Ended => shape.Named.Any(id => !now.Now(id)!.Lives),
        WrongLevel => !FitsLevels(change, shape),
        NamedTwice => Twice(shape.Changed.Concat(shape.Moved).Concat(change is DivisionsMerged { Into: var into } ? [into] : [])) || Twice(shape.Codes.Select(c => c.Code)),
        NotBelow => change is DivisionSplit split && shape.Moved.Any(child => now.Parent(child) != split.Division),
        ChangedLater => HistoryDraft.Touched(now, change).Any(id => now.Now(id)!.From > change.EffectiveOn) || shape.Named.Any(id => now.At(id, change.EffectiveOn) is null),
        NoName => shape.Names.Any(name => string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl)),
        CodeInUse => shape.Codes.Any(given => IsInUse(now, given.Code, given.Division, change.EffectiveOn)),
        IdTaken => shape.Made.Any(made => now.Now(made.Division) is not null),
        NothingChanges => !HistoryDraft.Touched(now, change).Any(),
        LivingBelow => shape.Changed.Any(id => now.Children(id).Any()),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static bool FitsLevels(IDivisionChange change, ChangeShape shape) => change switch
    {
        DivisionEstablished c => c.Code.Level == c.Parent.Level + 1,
        DivisionRecoded c => c.Code.Level == c.Division.Level,
        DivisionReparented c => c.Parent.Level + 1 == c.Division.Level,
        DivisionsMerged c => c.Into.Level is not DivisionLevel.Province && c.Divisions.All(d => d.Level == c.Into.Level),
        DivisionSplit c => c.Division.Level is not DivisionLevel.Province && shape.Codes.All(given => given.Code.Level == c.Division.Level),
        VillagesExtracted c => c.From.All(d => d.Level is DivisionLevel.Village) && c.Code.Level is DivisionLevel.Village && c.Parent.Level is DivisionLevel.Town,
        DivisionAbolished c => c.Division.Level is not DivisionLevel.Province,
        _ => true,
    };

    /// <summary>Whether another division bears the code on the day or on any after it.</summary>
    private static bool IsInUse(DivisionHistory now, DivisionCode code, DivisionId by, DateOnly from)
    {
        var first = DivisionId.Of(code, now.Edition.Day.Year);
        foreach (var bearer in now.Bearers.GetValueOrDefault(code, []).Append(first).Distinct())
        {
            if (bearer == by)
                continue;
            if (!now.Rows.TryGetValue(bearer, out var rows))
            {
                if (now.Edition.IndexOf(bearer) >= 0)
                    return true;
                continue;
            }
            for (var i = 0; i < rows.Length; i++)
                if (rows[i].Lives && rows[i].Code == code && (i == rows.Length - 1 || rows[i + 1].From > from))
                    return true;
        }
        return false;
    }

    private static bool Twice<T>(IEnumerable<T> named) => named.GroupBy(n => n).Any(group => group.Skip(1).Any());
}
