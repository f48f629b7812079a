using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Launcher.Calls;
using LeftBehind.Launcher.Demo;
using LeftBehind.Population;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Servers.Installations;
using Npgsql;

namespace LeftBehind.Launcher.Bench.Province;

/// <summary>A province that fills county by county, each pushed by a source of its own; the same counties again with other people once all are through.</summary>
internal sealed class FilledProvince : IAsyncDisposable
{
    private const int HouseholdsAtATime = 1_400, FewestVillages = 50;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly DivisionTree tree;
    private readonly LocalCalls calls;
    private readonly string[] counties;
    private readonly NpgsqlDataSource database;
    private readonly NpgsqlDataSource server;
    private int drawn;

    internal FilledProvince(DivisionTree tree, LocalCalls calls, Installation registry)
    {
        (this.tree, this.calls, counties) = (tree, calls, [.. Counties(tree)]);
        (database, server) = (NpgsqlDataSource.Create(registry.StoreOf("Registry")), NpgsqlDataSource.Create(registry.Postgres.ConnectionString));
    }

    internal long Children { get; private set; }

    internal async Task FillAsync(int children, CancellationToken cancellation, Action<string>? say = null)
    {
        for (var said = Children; Children < children;)
        {
            var (source, county, batches) = Next(HouseholdsAtATime, batchSize: 500);
            await PushAsync(source, county, batches, cancellation);
            Children = await NumberAsync("select count(*) from registry.due_determination", cancellation);
            if (Children - said >= 50_000)
                say?.Invoke($"{said = Children:N0} children on file");
        }
    }

    /// <summary>Households that nobody pushed yet, of the next county, under a source of their own.</summary>
    internal (string Source, string County, List<HouseholdBatch> Batches) Next(int households, int batchSize)
    {
        var (number, county) = (drawn, counties[drawn++ % counties.Length]);
        // Of ten children in households eight are on the roll; none is pushed here.
        var plan = new PopulationPlan(tree, 2016 + number, WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()), households, households * 7 / 5, households * 3 / 10, county, batchSize);
        return ($"population-{county}-{number}", county, [.. plan.FirstLoad.Households.Batches]);
    }

    internal async Task PushAsync(string source, string county, IReadOnlyList<HouseholdBatch> batches, CancellationToken cancellation)
    {
        var run = new PushRun();
        using var call = calls.Registry.PushHouseholds(calls.As(Department.Partner, Role.Partner, county, source, cancellation));
        await run.PushAsync(call, batches);
    }

    /// <summary>Waits until every file was compared with the others.</summary>
    internal async Task ComparedAsync(CancellationToken cancellation, Action<string>? say = null)
    {
        for (var (due, said) = (0L, 0L); (due = await NumberAsync("select count(*) from registry.match_due", cancellation)) > 0; await Task.Delay(LookEvery, cancellation))
            if (Math.Abs(said - due) >= 100_000)
                say?.Invoke($"{said = due:N0} files to compare");
    }

    /// <summary>Waits until what the filling left to do is done: pages on disk, tables analysed, no vacuum at work.</summary>
    internal async Task SettledAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("vacuum analyze", cancellation);
        await using (var checkpoint = server.CreateCommand("checkpoint"))
        {
            checkpoint.CommandTimeout = 600;
            await checkpoint.ExecuteNonQueryAsync(cancellation);
        }
        while (await NumberAsync("select count(*) from pg_stat_activity where backend_type = 'autovacuum worker'", cancellation, server) > 0)
            await Task.Delay(LookEvery, cancellation);
    }

    internal async Task<long> NumberAsync(string sql, CancellationToken cancellation, NpgsqlDataSource? source = null)
    {
        await using var command = (source ?? database).CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    internal async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await server.DisposeAsync();
    }

    private static IEnumerable<string> Counties(DivisionTree tree) =>
        from city in tree.Children(DivisionId.Parse(BenchProfile.Province + "@2023"))
        from county in tree.Children(city)
        where tree.Level(county) is DivisionLevel.County && Villages(tree, county) >= FewestVillages
        select tree.Code(county).ToString();

    private static int Villages(DivisionTree tree, DivisionId county)
    {
        var count = 0;
        foreach (var town in tree.Children(county))
            foreach (var _ in tree.Children(town))
                count++;
        return count;
    }
}
