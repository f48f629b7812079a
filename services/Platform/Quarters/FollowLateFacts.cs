using LeftBehind.EventLog;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using Npgsql;

namespace LeftBehind.Platform.Quarters;

/// <summary>
/// Looks through what the log tells after a quarter was cut: facts that count from a day of the quarter go into its copy as long as their town has not submitted, and
/// are kept beside it from then on. Page by page, each in one transaction with how far it came, one replica at a time for a quarter.
/// </summary>
public sealed class FollowLateFacts(NpgsqlDataSource database, CountedTree counted, TimeProvider clock, ILogger<FollowLateFacts> log) : Sweep(Between, clock, log)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private const int APage = 5_000;

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var taken = 0;
        foreach (var (quarter, _) in await QuarterTables.CutAsync(database, ct))
            while (await PageAsync(quarter, ct) is > 0 and var late)
                taken += late;
        return taken;
    }

    /// <summary>One page; how many places of the log it went on.</summary>
    private async Task<int> PageAsync(Quarter quarter, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var stands = await FiguresProjection.StandsAsync(connection, null, ct);
        await using var whole = await connection.BeginTransactionAsync(ct);
        await using var turn = new NpgsqlCommand($"select followed from {PlatformModule.Schema}.quarter where quarter = $1 and followed < $2 for update skip locked", connection, whole);
        turn.Parameters.Add(new() { Value = quarter.Value });
        turn.Parameters.Add(new() { Value = stands });
        if (await turn.ExecuteScalarAsync(ct) is not long followed)
            return 0;
        var upTo = Math.Min(stands, followed + APage);
        await new LateStore(connection, whole, quarter).TakeAsync(counted, followed, upTo, ct);
        await using var on = new NpgsqlCommand($"update {PlatformModule.Schema}.quarter set followed = $2 where quarter = $1", connection, whole);
        on.Parameters.Add(new() { Value = quarter.Value });
        on.Parameters.Add(new() { Value = upTo });
        await on.ExecuteNonQueryAsync(ct);
        await whole.CommitAsync(ct);
        return (int)(upTo - followed);
    }
}
