using System.Runtime.InteropServices;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Quarters;

/// <summary>A subject as a quarter counts it, or would count it with so many late facts.</summary>
internal sealed record LateSubject(SubjectFacts Facts, DivisionId? Village, short[] Measures, int Late = 0)
{
    public static readonly LateSubject Nothing = new(new(), null, []);
}

/// <summary>
/// One page of the log as a quarter sees it. A fact goes into the copy when the towns in which its subject was and is counted are both open; else the subject is kept
/// beside it, as it would be counted. A town that is given back takes what came for it meanwhile. Pure.
/// </summary>
/// <param name="quarter">The quarter.</param>
/// <param name="tree">The tree of its last day.</param>
internal sealed class LatePage(Quarter quarter, DivisionTree tree)
{
    /// <summary>The page's subjects in the copy, and those beside it.</summary>
    public Dictionary<Guid, LateSubject> Copy { get; } = [];

    /// <inheritdoc cref="Copy"/>
    public Dictionary<Guid, LateSubject> Late { get; } = [];

    /// <summary>Towns that have submitted.</summary>
    public HashSet<long> Closed { get; } = [];

    /// <summary>Whose row of the copy is another, whose row beside it is, and whose row beside it goes.</summary>
    public HashSet<Guid> Changed { get; } = [];

    /// <inheritdoc cref="Changed"/>
    public HashSet<Guid> Kept { get; } = [];

    /// <inheritdoc cref="Changed"/>
    public HashSet<Guid> Gone { get; } = [];

    /// <summary>What the copy's figures grow by.</summary>
    public Dictionary<(long Division, short Measure), long> Deltas { get; } = [];

    public void Take(Guid subject, object fact, Told told)
    {
        var before = Copy.GetValueOrDefault(subject, LateSubject.Nothing);
        var standing = Late.GetValueOrDefault(subject, before);
        var facts = standing.Facts.After(fact, told);
        if (ReferenceEquals(facts, standing.Facts))
            return;
        var after = new LateSubject(facts, facts.Village is { } village ? tree.CountedIn(village) : null, Cells.Of(facts, quarter.Last), standing.Late + 1);
        if (Late.ContainsKey(subject) || IsClosed(before.Village) || IsClosed(after.Village))
            Keep(subject, after);
        else
            Count(subject, before, after);
    }

    /// <summary>A town submits, or is given back: then what was kept for it goes into the copy, where no other closed town is touched.</summary>
    public void Turn(SubmissionChanged e)
    {
        if (!Submission.IsOpen(e.State))
        {
            Closed.Add(e.Town.Value);
            return;
        }
        Closed.Remove(e.Town.Value);
        foreach (var (subject, row) in Late.ToList())
            if (Copy.GetValueOrDefault(subject, LateSubject.Nothing) is var before && (TownOf(before.Village) == e.Town || TownOf(row.Village) == e.Town)
                && !IsClosed(before.Village) && !IsClosed(row.Village))
            {
                Late.Remove(subject);
                Kept.Remove(subject);
                Gone.Add(subject);
                Count(subject, before, row);
            }
    }

    /// <summary>For which town a subject is kept: the one it was counted in, or else the one it would be.</summary>
    public DivisionId? KeptFor(Guid subject)
    {
        var before = Copy.GetValueOrDefault(subject, LateSubject.Nothing).Village;
        return TownOf(IsClosed(before) ? before : Late[subject].Village) ?? TownOf(before);
    }

    private void Keep(Guid subject, LateSubject row)
    {
        Late[subject] = row;
        Kept.Add(subject);
        Gone.Remove(subject);
    }

    private void Count(Guid subject, LateSubject before, LateSubject after)
    {
        Copy[subject] = after with { Late = 0 };
        Changed.Add(subject);
        Add(before, -1);
        Add(after, +1);
    }

    private bool IsClosed(DivisionId? village) => TownOf(village) is { } town && Closed.Contains(town.Value);

    /// <summary>The town of a village; of what is counted above towns, none.</summary>
    private DivisionId? TownOf(DivisionId? village)
    {
        for (var at = village; at is { } division && tree.Find(division) is not null; at = tree.Parent(division))
            if (division.Level is DivisionLevel.Town)
                return division;
        return null;
    }

    private void Add(LateSubject row, long n)
    {
        if (row.Village is not { } village)
            return;
        for (var index = tree.IndexOf(village); index >= 0; index = tree.ParentIndex(index))
            foreach (var measure in row.Measures)
                CollectionsMarshal.GetValueRefOrAddDefault(Deltas, (tree.IdAt(index).Value, measure), out _) += n;
    }
}
