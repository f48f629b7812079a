using System.Text.Json;
using JasperFx.Events;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Platform.Days;
using LeftBehind.Platform.Subjects;
using Marten;
using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>The subjects of one page while it is folded, and what its facts add to the counters.</summary>
internal sealed class FoldPage
{
    private readonly DivisionTree tree;
    private readonly Dictionary<Guid, Counted> subjects;
    private readonly HashSet<Guid> touched = [];
    private readonly Dictionary<(int Division, short Measure), long> deltas = [];
    private readonly int generation;
    private readonly DateOnly dayBefore;
    private DateOnly day;

    private FoldPage(DivisionTree tree, Dictionary<Guid, Counted> subjects, DateOnly day, int generation) =>
        (this.tree, this.subjects, this.day, dayBefore, this.generation) = (tree, subjects, day, day, generation);

    /// <summary>A subject with the place and measures it is counted under now.</summary>
    private sealed record Counted(SubjectFacts Facts, DivisionId? Village, DateOnly? TurnsOn, short[] Measures)
    {
        public static readonly Counted Nothing = new(new(), null, null, []);
    }

    /// <summary>Folds one page of the log into the tables of a schema, in the operations' transaction.</summary>
    public static async Task ApplyAsync(IDocumentOperations operations, string schema, NpgsqlDataSource database, DivisionTree tree, IReadOnlyList<IEvent> events, CancellationToken ct)
    {
        var page = await LoadAsync(database, schema, tree, events, ct);
        foreach (var e in events)
            if (e.Data is DayTurned turned)
                page.Turn(turned.Day);
            else if (EventMeta.Of(e).Told is { } told)
                page.Take(e.StreamId, e.Data, told);
        page.Write(operations, schema);
    }

    private static async Task<FoldPage> LoadAsync(NpgsqlDataSource database, string schema, DivisionTree tree, IReadOnlyList<IEvent> events, CancellationToken ct)
    {
        var ids = events.Select(e => e.StreamId).Distinct().ToArray();
        var lastDay = events.Select(e => e.Data).OfType<DayTurned>().Select(d => (DateOnly?)d.Day).Max();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new($"select day, generation from {schema}.counting_day"));
        batch.BatchCommands.Add(new($"select subject, village, turns_on, facts::text, measures from {schema}.subject_facts where subject = any($1)") { Parameters = { new() { Value = ids } } });
        if (lastDay is { } last)
            batch.BatchCommands.Add(new($"select subject, village, turns_on, facts::text, measures from {schema}.subject_facts where turns_on <= $1") { Parameters = { new() { Value = last } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var (day, generation) = await reader.ReadAsync(ct) ? (reader.GetFieldValue<DateOnly>(0), reader.GetInt32(1)) : (DateOnly.MinValue, 0);
        var subjects = new Dictionary<Guid, Counted>(ids.Length);
        while (await reader.NextResultAsync(ct))
            while (await reader.ReadAsync(ct))
                subjects[reader.GetGuid(0)] = new(
                    JsonSerializer.Deserialize<SubjectFacts>(reader.GetString(3), EventTypes.Json)!,
                    reader.IsDBNull(1) ? null : new DivisionId(reader.GetInt64(1)),
                    reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<short[]>(4));
        return new(tree, subjects, day, generation);
    }

    /// <summary>Whether a fact is counted with the subject in whose stream it stands.</summary>
    public static bool IsOf(Guid subject, object fact)
    {
        // A duty, a hazard, a case, a placement, an appeal, an assessment, a plan, a difference, a pairing or a refused admission told on the timeline of whom it is about is counted as itself alone.
        var own = fact switch
        {
            ObligationRecorded duty => duty.ObligationId,
            HazardRecorded hazard => hazard.HazardId,
            CaseRecorded intervention => intervention.CaseId,
            PlacementRecorded placement => placement.PlacementId,
            HotlineAppealRecorded appeal => appeal.AppealId,
            AssessmentRecorded assessment => assessment.AssessmentId,
            PlanRecorded plan => plan.PlanId,
            ReconciliationRecorded difference => difference.CaseId,
            PairingRecorded pairing => pairing.PairingId,
            AdmissionRecorded admission => admission.RefusalId,
            _ => subject,
        };
        return own == subject;
    }

    private void Take(Guid subject, object fact, Told told)
    {
        if (!IsOf(subject, fact))
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

    private void Recount(Guid id, Counted before, SubjectFacts facts)
    {
        var after = new Counted(facts, facts.Village, Cells.TurnsOn(facts, day), Cells.Of(facts, day));
        if (before.Village != after.Village || !before.Measures.AsSpan().SequenceEqual(after.Measures))
        {
            Add(before, -1);
            Add(after, +1);
        }
        subjects[id] = after;
        touched.Add(id);
    }

    /// <summary>Adds to the village and to every division above it, by the tree.</summary>
    private void Add(Counted counted, long n)
    {
        if (counted.Village is not { } village || counted.Measures.Length == 0)
            return;
        for (var division = tree.IndexOf(village); division >= 0; division = tree.ParentIndex(division))
            foreach (var measure in counted.Measures)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(deltas, (division, measure), out _) += n;
    }

    // Read from tables that a rebuild has replaced since, the page breaks a rule of theirs (not null) and is folded again.
    private void Write(IDocumentOperations operations, string schema)
    {
        var changed = deltas.Where(d => d.Value != 0).Select(d => (Division: tree.IdAt(d.Key.Division).Value, d.Key.Measure, N: d.Value))
            .OrderBy(d => d.Division).ThenBy(d => d.Measure).ToArray();
        if (changed.Length > 0)
            operations.QueueSqlCommand($"""
                insert into {schema}.division_figure as f (division, measure, n) select * from unnest(?::bigint[], ?::smallint[], ?::bigint[])
                on conflict (division, measure) do update set n = f.n + excluded.n
                """, Array.ConvertAll(changed, d => d.Division), Array.ConvertAll(changed, d => d.Measure), Array.ConvertAll(changed, d => d.N));
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
        if (day != dayBefore)
            operations.QueueSqlCommand($"insert into {schema}.counting_day (day) values (?) on conflict (single) do update set day = case when counting_day.generation = ? then excluded.day end", day, generation);
    }
}
