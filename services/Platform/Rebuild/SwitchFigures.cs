using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using Marten;
using Npgsql;

namespace LeftBehind.Platform.Rebuild;

/// <summary>What a rebuild found when the live figures stood still.</summary>
internal sealed record Switched(long Sequence, long Figures, long DifferingFigures, long DifferingSubjects, bool Taken);

/// <summary>
/// The moment in which rebuilt figures stand where the live ones stand: compares them, and has them take their place. The live fold waits
/// at its commit meanwhile, readers go on reading. A page that the fold had begun on the former tables is refused by their generation,
/// and folded again.
/// </summary>
internal sealed class SwitchFigures(NpgsqlDataSource database, IDocumentStore marten, CountedTree counted)
{
    private const int APage = 2_000;

    // Whoever wants to read waits behind the switch, and the switch behind whoever reads: rather once more than long.
    private const string Patience = "1s";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>Brings the rebuilt figures from a place in the log to where the live ones stand, and switches unless it is to compare alone.</summary>
    public async Task<Switched> RunAsync(long at, bool compareOnly, CancellationToken ct)
    {
        while (true)
        {
            for (var stands = await StandsAsync(ct); stands - at > APage; at += APage)
                await using (var session = marten.LightweightSession())
                {
                    await FoldAsync(session, at, at + APage, ct);
                    await session.SaveChangesAsync(ct);
                }
            try
            {
                return await SwitchAsync(at, compareOnly, ct);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(Between, ct);
            }
        }
    }

    private async Task<Switched> SwitchAsync(long at, bool compareOnly, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var still = await connection.BeginTransactionAsync(ct);
        await RunAsync($"set local lock_timeout = '{Patience}'");
        var stands = (long)(await ScalarAsync($"select last_seq_id from {PlatformModule.Schema}.mt_event_progression where name = '{FiguresProjection.ProgressName}:All' for update") ?? 0L);
        await using (var session = marten.LightweightSession(Marten.Services.SessionOptions.ForTransaction(still)))
        {
            await FoldAsync(session, at, stands, ct);
            await session.SaveChangesAsync(ct);
        }
        var figures = (long)(await ScalarAsync($"select count(*) from {NextFigures.Schema}.division_figure where n <> 0"))!;
        var differing = (long)(await ScalarAsync($"""
            select count(*) from (select division, measure, n from {PlatformModule.Schema}.division_figure where n <> 0) live
            full join (select division, measure, n from {NextFigures.Schema}.division_figure where n <> 0) next using (division, measure) where live.n is distinct from next.n
            """))!;
        var subjects = (long)(await ScalarAsync($"""
            select count(*) from {PlatformModule.Schema}.subject_facts live full join {NextFigures.Schema}.subject_facts next using (subject)
            where (live.kind, live.village, live.turns_on, live.facts, live.measures) is distinct from (next.kind, next.village, next.turns_on, next.facts, next.measures)
            """))!;
        if (compareOnly)
            return new(stands, figures, differing, subjects, Taken: false);
        await RunAsync($"lock table {FigureTables.All(PlatformModule.Schema)} in access exclusive mode");
        await RunAsync($"update {NextFigures.Schema}.counting_day set generation = coalesce((select generation from {PlatformModule.Schema}.counting_day), 0) + 1");
        await RunAsync($"drop table {FigureTables.All(PlatformModule.Schema)}");
        foreach (var table in FigureTables.Names)
            await RunAsync($"alter table {NextFigures.Schema}.{table} set schema {PlatformModule.Schema}");
        await RunAsync($"drop schema {NextFigures.Schema} cascade");
        await still.CommitAsync(ct);
        return new(stands, figures, differing, subjects, Taken: true);

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, still) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }

        async Task<object?> ScalarAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, still) { CommandTimeout = 0 };
            return await command.ExecuteScalarAsync(ct);
        }
    }

    /// <summary>Folds a page as the live fold does, into the rebuilt tables.</summary>
    private async Task FoldAsync(IDocumentSession session, long after, long upTo, CancellationToken ct)
    {
        var events = await session.Events.QueryAllRawEvents().Where(e => e.Sequence > after && e.Sequence <= upTo).OrderBy(e => e.Sequence).ToListAsync(ct);
        await FoldPage.ApplyAsync(session, NextFigures.Schema, database, counted, events, ct);
    }

    private async Task<long> StandsAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await FiguresProjection.StandsAsync(connection, null, ct);
    }
}
