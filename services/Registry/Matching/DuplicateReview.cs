using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Registry.Matching;

/// <summary>Where the review of a pair stands. The numbers are stored.</summary>
public enum ReviewState : short { Suspected = 0, Confirmed = 1, Dismissed = 2 }

/// <summary>A pair under review; the newer file first.</summary>
public sealed record ReviewedPair(
    Guid Child, Guid Other, ReviewState State, int Score, string Findings, DivisionId Division, DivisionId OtherDivision, DateTimeOffset Since);

/// <summary>Pairs of files that are, or were, suspected to be one child: the work list, and what is not suspected again.</summary>
public static class DuplicateReview
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.duplicate_review (
            child uuid not null, other uuid not null, state smallint not null, score smallint not null, findings text not null,
            division bigint not null, other_division bigint not null, since timestamptz not null, primary key (child, other));
        create index if not exists duplicate_review_open on {schema}.duplicate_review (division, since, child, other) where state = 0;
        create index if not exists duplicate_review_other on {schema}.duplicate_review (other);
        """;

    /// <summary>The rows of these pairs, whichever file stands first.</summary>
    public static async Task<List<ReviewedPair>> LoadAsync(StoreWork work, IReadOnlyCollection<(Guid One, Guid Other)> pairs, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select r.child, r.other, r.state, r.score, r.findings, r.division, r.other_division, r.since
            from unnest($1, $2) as p(one, other) join {work.Schema}.duplicate_review r on r.child = p.one and r.other = p.other
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = pairs.Select(p => p.One).Concat(pairs.Select(p => p.Other)).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(p => p.Other).Concat(pairs.Select(p => p.One)).ToArray() });
        var found = new List<ReviewedPair>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(Read(reader));
        return found;
    }

    public static ReviewedPair Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), (ReviewState)row.GetInt16(2), row.GetInt16(3), row.GetString(4), new(row.GetInt64(5)), new(row.GetInt64(6)),
        row.GetFieldValue<DateTime>(7));

    public static void Write(StoreWork work, IReadOnlyCollection<ReviewedPair> pairs)
    {
        if (pairs.Count == 0)
            return;
        var rows = pairs.OrderBy(p => p.Child).ThenBy(p => p.Other).ToArray();
        work.Beside($"""
            insert into {work.Schema}.duplicate_review (child, other, state, score, findings, division, other_division, since)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (child, other) do update set state = excluded.state, score = excluded.score, findings = excluded.findings,
                division = excluded.division, other_division = excluded.other_division, since = excluded.since
            """, Array.ConvertAll(rows, r => r.Child), Array.ConvertAll(rows, r => r.Other), Array.ConvertAll(rows, r => (short)r.State),
            Array.ConvertAll(rows, r => (short)r.Score), Array.ConvertAll(rows, r => r.Findings), Array.ConvertAll(rows, r => r.Division.Value),
            Array.ConvertAll(rows, r => r.OtherDivision.Value), Array.ConvertAll(rows, r => r.Since.UtcDateTime));
    }
}
