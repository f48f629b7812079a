using LeftBehind.Servers.Installations;
using Npgsql;

namespace LeftBehind.Launcher.Bench.Meters;

/// <summary>Reads what an installation has spent so far.</summary>
internal sealed class InstallationMeter : IAsyncDisposable
{
    private readonly Installation installation;
    private readonly NpgsqlDataSource server;
    private readonly NpgsqlDataSource registry;
    private readonly bool countsStatements;

    private InstallationMeter(Installation installation, NpgsqlDataSource server, bool countsStatements)
    {
        (this.installation, this.server, this.countsStatements) = (installation, server, countsStatements);
        registry = NpgsqlDataSource.Create(installation.StoreOf("Registry"));
    }

    internal static async Task<InstallationMeter> OfAsync(Installation installation, CancellationToken cancellation)
    {
        var server = NpgsqlDataSource.Create(installation.Postgres.ConnectionString);
        var preloaded = await TextAsync(server, "show shared_preload_libraries", cancellation);
        var counts = preloaded.Contains("pg_stat_statements", StringComparison.Ordinal);
        if (counts)
        {
            await using var extend = server.CreateCommand("create extension if not exists pg_stat_statements");
            await extend.ExecuteNonQueryAsync(cancellation);
        }
        return new(installation, server, counts);
    }

    internal async Task<Spent> ReadAsync(CancellationToken cancellation)
    {
        var cpu = ProcessCpu.Read(installation);
        cpu["driver"] = Environment.CpuUsage.TotalTime.TotalMilliseconds;
        var wal = await NumberAsync(server, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8", cancellation);
        double? statements = countsStatements ? await NumberAsync(server, "select coalesce(sum(calls), 0)::float8 from pg_stat_statements", cancellation) : null;
        return new(cpu, wal, statements, await LatestEventAsync(cancellation));
    }

    /// <summary>The newest event of Registry's store: how many there are, but for those of transactions that were taken back. To count them would cost what it measures.</summary>
    internal async Task<long> LatestEventAsync(CancellationToken cancellation) =>
        (long)await NumberAsync(registry, "select coalesce(max(seq_id), 0)::float8 from registry.mt_events", cancellation);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await registry.DisposeAsync();
    }

    private static async Task<double> NumberAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        return (double)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<string> TextAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
