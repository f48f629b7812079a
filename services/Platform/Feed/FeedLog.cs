using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using Npgsql;

namespace LeftBehind.Platform.Feed;

/// <summary>A fact of the log, with its subject as it is counted now.</summary>
internal sealed record LoggedFact(long Sequence, Guid Id, Guid Subject, SubjectKind Kind, DivisionId Village, object Fact, EventMeta Meta);

/// <summary>
/// What a feed reads of Platform's log: up to where the figures stand and no further, since only there it is known where a subject lives. The log
/// has one writer at a time, which takes sequences in order (docs/adr/0018): nothing can appear behind a cursor.
/// </summary>
internal sealed class FeedLog(NpgsqlDataSource database)
{
    /// <summary>So much of the log is looked at in one query, however few of its facts lie in the divisions asked for.</summary>
    private const long AtATime = 2000;

    /// <summary>The facts after a place about subjects of the divisions, and up to where that is told; the place itself when nothing is new.</summary>
    /// <param name="sequence">The place.</param>
    /// <param name="divisions">Where the subjects live.</param>
    /// <param name="ct">Ends the look.</param>
    /// <param name="most">So many facts at the most; it ends at the last of them.</param>
    /// <param name="upTo">It ends there at the latest.</param>
    public async Task<(long Sequence, List<LoggedFact> Facts)> SinceAsync(long sequence, long[] divisions, CancellationToken ct, int? most = null, long? upTo = null)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (await FiguresProjection.StandsAsync(connection, null, ct) <= sequence)
            return (sequence, []);
        await using var snapshot = await FigureSnapshot.BeginAsync(connection, ct);
        var end = Math.Min(upTo ?? long.MaxValue, Math.Min(await FiguresProjection.StandsAsync(connection, snapshot, ct), sequence + AtATime));
        if (end <= sequence)
            return (sequence, []);
        await using var command = new NpgsqlCommand($"""
            select e.seq_id, e.id, e.stream_id, subject_facts.kind, subject_facts.village, e.type, e.data::text, e.headers::text
            from {PlatformModule.Schema}.mt_events e join {PlatformModule.Schema}.subject_facts on subject_facts.subject = e.stream_id
            where e.seq_id > $1 and e.seq_id <= $2 and subject_facts.village = any($3) and {Shielding.Unshielded} order by e.seq_id limit $4
            """, connection, snapshot);
        command.Parameters.Add(new() { Value = sequence });
        command.Parameters.Add(new() { Value = end });
        command.Parameters.Add(new() { Value = divisions });
        command.Parameters.Add(new() { Value = (object?)most ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        var facts = new List<LoggedFact>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            facts.Add(new(reader.GetInt64(0), reader.GetGuid(1), reader.GetGuid(2), (SubjectKind)reader.GetInt16(3), new(reader.GetInt64(4)),
                Contract.Facts.Read(reader.GetString(5), reader.GetString(6)), EventMeta.Read(reader.GetString(7))));
        return (facts.Count == most ? facts[^1].Sequence : end, facts);
    }
}
