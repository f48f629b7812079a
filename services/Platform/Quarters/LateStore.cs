using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using Npgsql;

namespace LeftBehind.Platform.Quarters;

/// <summary>Reads a page of the log with what a quarter has of its subjects, and writes what it comes to, in the caller's transaction.</summary>
internal sealed class LateStore(NpgsqlConnection connection, NpgsqlTransaction whole, Quarter quarter)
{
    private sealed record Stored(Guid Stream, string Type, string Data, string Headers);

    /// <summary>Takes the log between two places.</summary>
    public async Task TakeAsync(CountedTree counted, long after, long upTo, CancellationToken ct)
    {
        var events = await EventsAsync(after, upTo, ct);
        if (events.Count == 0)
            return;
        await using var at = new NpgsqlCommand($"select {CountedTree.ChangesIn(quarter.Schema)}", connection, whole);
        var page = new LatePage(quarter, await counted.AfterAsync(connection, (long)(await at.ExecuteScalarAsync(ct))!, ct));
        await LoadAsync(page, events, ct);
        foreach (var e in events)
            if (Turned(e) is { } turned)
                page.Turn(turned);
            else if (EventMeta.Read(e.Headers).Told is { } told && Contract.Facts.Read(e.Type, e.Data) is var fact && CountedAs.IsOf(e.Stream, fact))
                page.Take(e.Stream, fact, told);
        await WriteAsync(page, ct);
    }

    private static SubmissionChanged? Turned(Stored e) => e.Type == SubmissionChanged.StoredAs ? JsonSerializer.Deserialize<SubmissionChanged>(e.Data, EventTypes.Json) : null;

    /// <summary>Submissions of the quarter, and facts that count from one of its days or before.</summary>
    private async Task<List<Stored>> EventsAsync(long after, long upTo, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select stream_id, type, data::text, headers::text from {PlatformModule.Schema}.mt_events where seq_id > $1 and seq_id <= $2
                and (headers ? 'told' and (headers ->> 'on')::int <= $3 or type = $4 and (data ->> 'quarter')::int = $5) order by seq_id
            """, connection, whole);
        foreach (var value in (object[])[after, upTo, quarter.Last.Year * 10_000 + quarter.Last.Month * 100 + quarter.Last.Day, SubmissionChanged.StoredAs, quarter.Value])
            command.Parameters.Add(new() { Value = value });
        var events = new List<Stored>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            events.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return events;
    }

    /// <summary>The towns that are closed, the page's subjects in the copy and beside it, and all that is kept for a town that changes.</summary>
    private async Task LoadAsync(LatePage page, List<Stored> events, CancellationToken ct)
    {
        var towns = events.Select(Turned).OfType<SubmissionChanged>().Select(e => e.Town.Value).Distinct().ToArray();
        await using (var command = new NpgsqlCommand($"select town from {quarter.Schema}.closed_town", connection, whole))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                page.Closed.Add(reader.GetInt64(0));
        await ReadAsync(page.Late, $"select subject, village, facts::text, measures, late from {quarter.Schema}.late_subject where subject = any($1) or town = any($2)", ct,
            events.Select(e => e.Stream).Distinct().ToArray(), towns);
        await ReadAsync(page.Copy, $"select subject, village, facts::text, measures, 0 from {quarter.Schema}.subject_facts where subject = any($1)", ct,
            events.Select(e => e.Stream).Concat(page.Late.Keys).Distinct().ToArray());
    }

    private async Task ReadAsync(Dictionary<Guid, LateSubject> into, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            into[reader.GetGuid(0)] = new(JsonSerializer.Deserialize<SubjectFacts>(reader.GetString(2), EventTypes.Json)!,
                reader.IsDBNull(1) ? null : new DivisionId(reader.GetInt64(1)), reader.GetFieldValue<short[]>(3), reader.GetInt32(4));
    }

    private async Task WriteAsync(LatePage page, CancellationToken ct)
    {
        var figures = page.Deltas.Where(d => d.Value != 0).OrderBy(d => d.Key).ToArray();
        await RunAsync($"""
            insert into {quarter.Schema}.division_figure as f (division, measure, n) select * from unnest($1::bigint[], $2::smallint[], $3::bigint[])
            on conflict (division, measure) do update set n = f.n + excluded.n
            """, ct, Array.ConvertAll(figures, f => f.Key.Division), Array.ConvertAll(figures, f => f.Key.Measure), Array.ConvertAll(figures, f => f.Value));
        await RunAsync($"delete from {quarter.Schema}.late_subject where subject = any($1)", ct, page.Gone.ToArray());
        var changed = page.Changed.Select(s => (Id: s, Row: page.Copy[s])).ToArray();
        await RunAsync($"""
            insert into {quarter.Schema}.subject_facts (subject, kind, village, facts, measures)
            select subject, kind, village, facts::jsonb, measures::smallint[] from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::text[], $5::text[]) as r(subject, kind, village, facts, measures)
            on conflict (subject) do update set kind = excluded.kind, village = excluded.village, facts = excluded.facts, measures = excluded.measures
            """, ct, Array.ConvertAll(changed, c => c.Id), Array.ConvertAll(changed, c => (short)c.Row.Facts.Kind), Array.ConvertAll(changed, c => c.Row.Village?.Value),
            Array.ConvertAll(changed, c => Json(c.Row)), Array.ConvertAll(changed, c => Measures(c.Row)));
        var kept = page.Kept.Select(s => (Id: s, Row: page.Late[s])).ToArray();
        await RunAsync($"""
            insert into {quarter.Schema}.late_subject (subject, town, late, village, facts, measures)
            select subject, town, late, village, facts::jsonb, measures::smallint[]
            from unnest($1::uuid[], $2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::text[]) as r(subject, town, late, village, facts, measures)
            on conflict (subject) do update set late = excluded.late, village = excluded.village, facts = excluded.facts, measures = excluded.measures
            """, ct, Array.ConvertAll(kept, k => k.Id), Array.ConvertAll(kept, k => (page.KeptFor(k.Id) ?? default).Value), Array.ConvertAll(kept, k => k.Row.Late),
            Array.ConvertAll(kept, k => k.Row.Village?.Value), Array.ConvertAll(kept, k => Json(k.Row)), Array.ConvertAll(kept, k => Measures(k.Row)));
        await RunAsync($"delete from {quarter.Schema}.closed_town where not town = any($1)", ct, page.Closed.ToArray());
        await RunAsync($"insert into {quarter.Schema}.closed_town select unnest($1::bigint[]) on conflict do nothing", ct, page.Closed.ToArray());
    }

    private static string Json(LateSubject row) => JsonSerializer.Serialize(row.Facts, EventTypes.Json);

    private static string Measures(LateSubject row) => $"{{{string.Join(',', row.Measures)}}}";

    private async Task RunAsync(string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, whole);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
