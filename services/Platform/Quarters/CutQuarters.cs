using System.Globalization;
using LeftBehind.EventLog;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Rebuild;
using Npgsql;

namespace LeftBehind.Platform.Quarters;

/// <summary>
/// Cuts each quarter once it is over: one place of the log for the whole province, the last before the first day after it, with its own copy of the facts, folded
/// from the log up to there on the quarter's last day and its tree. Killed anywhere, nothing is there and it begins anew.
/// </summary>
public sealed class CutQuarters(NpgsqlDataSource database, CountedTree counted, TimeProvider clock, ILogger<CutQuarters> log) : Sweep(Between, clock, log)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);
    private const string Lock = "quarters are cut";

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var due = await DueAsync(ct);
        if (due.Count == 0 || await HeldLock.TryTakeAsync(database, Lock, ct) is not { } held)
            return 0;
        await using (held)
        {
            // Another replica may have cut some meanwhile.
            due = await DueAsync(ct);
            foreach (var (quarter, position) in due)
                await CutAsync(quarter, position, ct);
            return due.Count;
        }
    }

    /// <summary>Quarters that ended in the log after its first day, are folded to their end, and are not cut.</summary>
    private async Task<List<(Quarter, long)>> DueAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var stands = await FiguresProjection.StandsAsync(connection, null, ct);
        await using var command = new NpgsqlCommand($"select data ->> 'day', seq_id from {PlatformModule.Schema}.mt_events where stream_id = $1 and seq_id <= $2 order by version", connection);
        command.Parameters.Add(new() { Value = Days.Calendar.StreamId });
        command.Parameters.Add(new() { Value = stands });
        var days = new List<(Quarter Quarter, long Sequence)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                days.Add((Quarter.Of(DateOnly.ParseExact(reader.GetString(0), "yyyy-MM-dd", CultureInfo.InvariantCulture)), reader.GetInt64(1)));
        var (cut, due) = ((await QuarterTables.CutAsync(database, ct)).Select(c => c.Quarter).ToHashSet(), new List<(Quarter, long)>());
        for (var i = 1; i < days.Count; i++)
            for (var quarter = days[i - 1].Quarter; quarter != days[i].Quarter; quarter = quarter.Next)
                if (!cut.Contains(quarter))
                    due.Add((quarter, days[i].Sequence - 1));
        return due;
    }

    private async Task CutAsync(Quarter quarter, long position, CancellationToken ct)
    {
        var subjects = new FoldSubjects(database, counted);
        var tree = await subjects.TreeAsync(position, ct);
        var building = quarter.Schema + "_next";
        await using var copy = new NextFigures(database, tree, building);
        await copy.BeginAsync(ct);
        await subjects.FoldAsync(position, quarter.Last, tree, (folded, _) => copy.AddAsync(folded, ct), ct);
        await copy.EndAsync(quarter.Last, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var whole = await connection.BeginTransactionAsync(ct);
        await using (var rename = new NpgsqlCommand($"alter schema {building} rename to {quarter.Schema}; {QuarterTables.LateDdl(quarter.Schema)}", connection, whole))
            await rename.ExecuteNonQueryAsync(ct);
        await using (var tell = new NpgsqlCommand($"insert into {PlatformModule.Schema}.quarter (quarter, position, followed) values ($1, $2, $2)", connection, whole))
        {
            tell.Parameters.Add(new() { Value = quarter.Value });
            tell.Parameters.Add(new() { Value = position });
            await tell.ExecuteNonQueryAsync(ct);
        }
        await whole.CommitAsync(ct);
        log.LogInformation("Cut {Quarter} at {Position}: {Subjects} subjects", quarter, position, copy.Subjects);
    }
}
