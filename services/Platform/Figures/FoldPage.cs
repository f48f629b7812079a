using System.Text.Json;
using JasperFx.Events;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Platform.Days;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Subjects;
using Marten;
using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>The subjects of one page while it is folded, and what its facts add to the counters.</summary>
internal sealed class FoldPage
{
    private readonly Dictionary<Guid, Counted> subjects;
    private readonly HashSet<Guid> touched = [];
    private readonly Dictionary<(long Division, short Measure), long> deltas = [];
    private readonly ILookup<DivisionId, (short Measure, long N)> stored;
    private readonly Reassignments reassignments;
    private readonly int generation;
    private readonly DateOnly dayBefore;
    private readonly int changesBefore;
    private DateOnly day;

    private FoldPage(DivisionTree tree, Dictionary<Guid, Counted> subjects, DateOnly day, int generation, ILookup<DivisionId, (short Measure, long N)> stored, string schema) =>
        (Tree, this.subjects, this.day, dayBefore, this.generation, this.stored, changesBefore, reassignments) = (tree, subjects, day, day, generation, stored, tree.History.Changes, new(schema));

    /// <summary>The tree after what was folded so far.</summary>
    public DivisionTree Tree { get; private set; }

    /// <summary>A subject with the place and measures it is counted under now.</summary>
    private sealed record Counted(SubjectFacts Facts, DivisionId? Village, DateOnly? TurnsOn, short[] Measures)
    {
        public static readonly Counted Nothing = new(new(), null, null, []);
    }

    /// <summary>Folds one page of the log into the tables of a schema, in the operations' transaction; answers the tree after it.</summary>
    public static async Task<DivisionTree> ApplyAsync(IDocumentOperations operations, string schema, NpgsqlDataSource database, CountedTree counted, IReadOnlyList<IEvent> events, CancellationToken ct)
    {
        var page = await LoadAsync(database, schema, counted, events, ct);
        foreach (var e in events)
            if (e.Data is DayTurned turned)
                page.Turn(turned.Day);
            else if (e.Data is IDivisionChange change)
                page.Change(change);
            else if (EventMeta.Of(e).Told is { } told)
                page.Take(e.StreamId, e.Data, told);
        page.Write(operations, schema);
        return page.Tree;
    }

    private static async Task<FoldPage> LoadAsync(NpgsqlDataSource database, string schema, CountedTree counted, IReadOnlyList<IEvent> events, CancellationToken ct)
    {
        var ids = events.Select(e => e.StreamId).Distinct().ToArray();
        var lastDay = events.Select(e => e.Data).OfType<DayTurned>().Select(d => (DateOnly?)d.Day).Max();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        var moving = events.Select(e => e.Data).OfType<IDivisionChange>().SelectMany(MovedFigures.Of).Select(d => d.Value).Distinct().ToArray();
        batch.BatchCommands.Add(new($"select (select day from {schema}.counting_day), {CountedTree.ChangesIn(schema)}, coalesce((select generation from {schema}.counting_day), 0)"));
        batch.BatchCommands.Add(new($"select division, measure, n from {schema}.division_figure where division = any($1) and n <> 0") { Parameters = { new() { Value = moving } } });
        batch.BatchCommands.Add(new($"select subject, village, turns_on, facts::text, measures from {schema}.subject_facts where subject = any($1)") { Parameters = { new() { Value = ids } } });
        if (lastDay is { } last)
            batch.BatchCommands.Add(new($"select subject, village, turns_on, facts::text, measures from {schema}.subject_facts where turns_on <= $1") { Parameters = { new() { Value = last } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (day, changes, generation) = (reader.IsDBNull(0) ? DateOnly.MinValue : reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1), reader.GetInt32(2));
        await reader.NextResultAsync(ct);
        var figures = new List<(DivisionId Division, short Measure, long N)>();
        while (await reader.ReadAsync(ct))
            figures.Add((new(reader.GetInt64(0)), reader.GetInt16(1), reader.GetInt64(2)));
        var subjects = new Dictionary<Guid, Counted>(ids.Length);
        while (await reader.NextResultAsync(ct))
            while (await reader.ReadAsync(ct))
                subjects[reader.GetGuid(0)] = new(
                    JsonSerializer.Deserialize<SubjectFacts>(reader.GetString(3), EventTypes.Json)!,
                    reader.IsDBNull(1) ? null : new DivisionId(reader.GetInt64(1)),
                    reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<short[]>(4));
        await reader.DisposeAsync();
        return new(await counted.AfterAsync(connection, changes, ct), subjects, day, generation, figures.ToLookup(f => f.Division, f => (f.Measure, f.N)), schema);
    }

    private void Take(Guid subject, object fact, Told told)
    {
        if (!CountedAs.IsOf(subject, fact))
            return;
        var before = subjects.GetValueOrDefault(subject, Counted.Nothing);
        var after = before.Facts.After(fact, told);
        if (!ReferenceEquals(before.Facts, after))
            Recount(subject, before, after);
    }

    /// <summary>Those whose age band may end by this day are counted anew; the query loaded them, or this page told of them.</summary>
    private void Turn(DateOnly to)
    {
        if (to <= day)
            return;
        day = to;
        foreach (var (id, counted) in subjects.Where(s => s.Value.TurnsOn <= to).ToList())
            Recount(id, counted, counted.Facts);
    }

    /// <summary>
    /// The tree is another from here on: figures of divisions that lie elsewhere go from all who held them to all who hold them, and whoever was counted in
    /// a merged division is counted in the one it ended in.
    /// </summary>
    private void Change(IDivisionChange change)
    {
        var (before, after) = (Tree.History, Tree.History.After(change));
        foreach (var division in MovedFigures.Of(change))
        {
            var figures = stored[division].ToDictionary(f => f.Measure, f => f.N);
            foreach (var (at, n) in deltas.Where(d => d.Key.Division == division.Value))
                figures[at.Measure] = figures.GetValueOrDefault(at.Measure) + n;
            foreach (var (to, times) in MovedFigures.Moves(before, after, division))
                foreach (var (measure, n) in figures)
                    System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(deltas, (to.Value, measure), out _) += times * n;
            if (after.CountedIn(division) is var into && into != division)
                Merge(division, into);
        }
        reassignments.Open(change, after.Changes, subjects.ToDictionary(s => s.Key, s => (s.Value.Village, s.Value.Facts.Kind)));
        Tree = new(after);
    }

    private void Merge(DivisionId division, DivisionId into)
    {
        reassignments.Merge(division, into);
        foreach (var (id, counted) in subjects.Where(s => s.Value.Village == division).ToList())
            subjects[id] = counted with { Village = into };
    }

    private void Recount(Guid id, Counted before, SubjectFacts facts)
    {
        var after = new Counted(facts, facts.Village is { } village ? Tree.CountedIn(village) : null, Cells.TurnsOn(facts, day), Cells.Of(facts, day));
        if (before.Village != after.Village || !before.Measures.AsSpan().SequenceEqual(after.Measures))
        {
            Add(before, -1);
            Add(after, +1);
        }
        if (before.Village is not null && before.Village != after.Village && Tree.History.Changes > 0)
            reassignments.Leave(id);
        subjects[id] = after;
        touched.Add(id);
    }

    /// <summary>Adds to the village and to every division above it, by the tree.</summary>
    private void Add(Counted counted, long n)
    {
        if (counted.Village is not { } village || counted.Measures.Length == 0)
            return;
        for (var index = Tree.IndexOf(village); index >= 0; index = Tree.ParentIndex(index))
        {
            var division = Tree.IdAt(index).Value;
            foreach (var measure in counted.Measures)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(deltas, (division, measure), out _) += n;
        }
    }

    // Read from tables that a rebuild has replaced since, the page breaks a rule of theirs (not null) and is folded again.
    private void Write(IDocumentOperations operations, string schema)
    {
        var changed = deltas.Where(d => d.Value != 0).Select(d => (d.Key.Division, d.Key.Measure, N: d.Value))
            .OrderBy(d => d.Division).ThenBy(d => d.Measure).ToArray();
        if (changed.Length > 0)
            operations.QueueSqlCommand($"""
                insert into {schema}.division_figure as f (division, measure, n) select * from unnest(?::bigint[], ?::smallint[], ?::bigint[])
                on conflict (division, measure) do update set n = f.n + excluded.n
                """, Array.ConvertAll(changed, d => d.Division), Array.ConvertAll(changed, d => d.Measure), Array.ConvertAll(changed, d => d.N));
        reassignments.Write(operations);
        var rows = touched.Order().Select(id => (Id: id, subjects[id].Facts, subjects[id].Village, subjects[id].TurnsOn, subjects[id].Measures)).ToArray();
        if (rows.Length > 0)
            operations.QueueSqlCommand($$"""
                insert into {{schema}}.subject_facts (subject, kind, village, turns_on, facts, measures)
                select subject, case when coalesce((select generation from {{schema}}.counting_day), 0) = ? then kind end, nullif(village, 0), nullif(turns_on, 'infinity'), facts::jsonb, measures::smallint[]
                from unnest(?::uuid[], ?::smallint[], ?::bigint[], ?::date[], ?::text[], ?::text[]) as r(subject, kind, village, turns_on, facts, measures)
                on conflict (subject) do update set kind = excluded.kind, village = excluded.village, turns_on = excluded.turns_on,
                    facts = excluded.facts, measures = excluded.measures
                """, generation, Array.ConvertAll(rows, r => r.Id), Array.ConvertAll(rows, r => (short)r.Facts.Kind), Array.ConvertAll(rows, r => r.Village?.Value ?? 0),
                Array.ConvertAll(rows, r => r.TurnsOn ?? DateOnly.MaxValue),
                Array.ConvertAll(rows, r => JsonSerializer.Serialize(r.Facts, EventTypes.Json)), Array.ConvertAll(rows, r => $"{{{string.Join(',', r.Measures)}}}"));
        if (Tree.History.Changes != changesBefore)
            operations.QueueSqlCommand($"insert into {schema}.counted_tree (changes) values (?) on conflict (single) do update set changes = excluded.changes", (long)Tree.History.Changes);
        if (day != dayBefore)
            operations.QueueSqlCommand($"insert into {schema}.counting_day (day) values (?) on conflict (single) do update set day = case when counting_day.generation = ? then excluded.day end", day, generation);
    }
}
