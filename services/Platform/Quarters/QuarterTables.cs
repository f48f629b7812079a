using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Platform.Figures;
using Npgsql;

namespace LeftBehind.Platform.Quarters;

/// <summary>
/// The quarters that were cut, each with the place of the log at which it ended and how far late facts were looked at, and how each town's submission stands. A
/// quarter's own copy of the read model lies in a schema of its own, beside which lie the facts that came too late for it.
/// </summary>
internal static class QuarterTables
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.quarter (quarter int primary key, position bigint not null, followed bigint not null);
        create table if not exists {schema}.quarter_submission (
            quarter int not null, town bigint not null, state smallint not null, submitted_on date, primary key (quarter, town)) with (fillfactor = 85);
        """;

    /// <summary>Beside a quarter's copy: towns that are closed to late facts, and subjects as they would be counted with theirs.</summary>
    public static string LateDdl(string schema) => $"""
        create table {schema}.closed_town (town bigint primary key);
        create table {schema}.late_subject (subject uuid primary key, town bigint not null, late int not null, village bigint, facts jsonb not null, measures smallint[] not null);
        create index late_subject_town on {schema}.late_subject (town);
        """;

    public static void Write(StoreWork work, Quarter quarter, DivisionId town, Submission submission) => work.Beside($"""
        insert into {work.Schema}.quarter_submission (quarter, town, state, submitted_on) values ($1, $2, $3, $4)
        on conflict (quarter, town) do update set state = excluded.state, submitted_on = excluded.submitted_on
        """, quarter.Value, town.Value, (short)submission.State, new NpgsqlParameter { Value = (object?)submission.SubmittedOn ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date });

    /// <summary>The quarters that were cut, the oldest first, with the place each ended at.</summary>
    public static async Task<List<(Quarter Quarter, long Position)>> CutAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select quarter, position from {PlatformModule.Schema}.quarter order by quarter");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var cut = new List<(Quarter, long)>();
        while (await reader.ReadAsync(ct))
            cut.Add((Quarter.Stored(reader.GetInt32(0)), reader.GetInt64(1)));
        return cut;
    }

    /// <summary>How the towns' submissions stand; one that is not there is open.</summary>
    public static async Task<Dictionary<DivisionId, (SubmissionState State, DateOnly? SubmittedOn)>> SubmissionsAsync(NpgsqlDataSource database, Quarter quarter, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select town, state, submitted_on from {PlatformModule.Schema}.quarter_submission where quarter = $1");
        command.Parameters.Add(new() { Value = quarter.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<DivisionId, (SubmissionState, DateOnly?)>();
        while (await reader.ReadAsync(ct))
            found[new(reader.GetInt64(0))] = ((SubmissionState)reader.GetInt16(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2));
        return found;
    }
}
