using LeftBehind.TestKit;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace LeftBehind.EventLog.IntegrationTests;

public sealed class LeaderTests(Store store)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shard_that_failed_is_tried_again_until_it_takes_its_events()
    {
        var moody = new Moody();
        await using var app = await store.MigratedAsync("moody", (_, options) => options.Events.Subscribe(moody));
        using var leader = await LeadAsync(app);
        await FillAsync(app, 1);
        await Eventually.IsAsync(() => Task.FromResult(moody.Refused), refused => refused > 0, ct);
        moody.Willing = true;
        await Eventually.IsAsync(() => Task.FromResult(moody.Taken), taken => taken == 1, ct);
        await leader.StopAsync(ct);
    }

    [Fact]
    public async Task A_leader_whose_lock_is_taken_away_leads_again()
    {
        var moody = new Moody { Willing = true };
        await using var app = await store.MigratedAsync("deposed", (_, options) => options.Events.Subscribe(moody));
        using var leader = await LeadAsync(app);
        await FillAsync(app, 1);
        await Eventually.IsAsync(() => Task.FromResult(moody.Taken), taken => taken == 1, ct);
        Assert.Equal(1, await EndLockSessionsAsync(app));
        await FillAsync(app, 2);
        await Eventually.IsAsync(() => Task.FromResult(moody.Taken), taken => taken == 2, ct);
        Assert.Equal(1, await Eventually.IsAsync(() => EndLockSessionsAsync(app), ended => ended > 0, ct));
        await leader.StopAsync(ct);
    }

    [Fact]
    public async Task Asked_to_stop_a_leader_ends_before_the_patience_of_its_shards_and_the_next_goes_on_where_it_stood()
    {
        var moody = new Moody { Willing = true };
        await using var app = await store.MigratedAsync("stopped", (_, options) => options.Events.Subscribe(moody));
        using (var leader = await LeadAsync(app))
        {
            await FillAsync(app, 1);
            await Eventually.IsAsync(() => Task.FromResult(moody.Taken), taken => taken == 1, ct);
            var patience = app.Services.GetRequiredService<IDocumentStore>() is { Options: StoreOptions options } ? options.Projections.StopAndDrainTimeout : TimeSpan.Zero;
            var stopping = leader.StopAsync(ct);
            Assert.Same(stopping, await Task.WhenAny(stopping, Task.Delay(patience, ct)));
        }
        using var next = await LeadAsync(app);
        await FillAsync(app, 2);
        await Eventually.IsAsync(() => Task.FromResult(moody.Taken), taken => taken == 2, ct);
        await next.StopAsync(ct);
    }

    [Fact]
    public async Task A_leader_holds_its_lock_outside_of_any_transaction()
    {
        var moody = new Moody { Willing = true };
        await using var app = await store.MigratedAsync("idle", (_, options) => options.Events.Subscribe(moody));
        using var leader = await LeadAsync(app);
        await FillAsync(app, 1);
        await Eventually.IsAsync(() => Task.FromResult(moody.Taken), taken => taken == 1, ct);
        // A lock in a transaction would keep every dead row version alive for as long.
        await Eventually.IsAsync(() => LockSessionIsAsync(app), state => state is "idle", ct);
        await leader.StopAsync(ct);
    }

    private async Task<string?> LockSessionIsAsync(WebApplication app)
    {
        await using var command = Database(app).CreateCommand("""
            select state from pg_stat_activity join pg_locks using (pid)
            where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
            """);
        return await command.ExecuteScalarAsync(ct) as string;
    }

    private static NpgsqlDataSource Database(WebApplication app) => app.Services.GetRequiredService<NpgsqlDataSource>();

    private async Task<Leader> LeadAsync(WebApplication app)
    {
        var leader = new Leader(
            app.Services.GetRequiredService<IDocumentStore>(), app.Services.GetRequiredService<EventStore>(),
            app.Services.GetRequiredService<LeaderLock>(), TimeProvider.System, NullLogger<Leader>.Instance);
        await leader.StartAsync(ct);
        return leader;
    }

    private Task FillAsync(WebApplication app, int pieces) => app.Services.GetRequiredService<EventStore>().RunAsync(async work =>
    {
        var id = Guid.NewGuid();
        await work.LoadAsync<Box>([id], ct);
        work.Append(id, new BoxFilled(pieces), new(DateTimeOffset.UnixEpoch, new(2026, 3, 1)));
    }, ct);

    private async Task<int> EndLockSessionsAsync(WebApplication app)
    {
        await using var command = Database(app).CreateCommand("""
            select count(pg_terminate_backend(pid))::int from pg_locks
            where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
            """);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}
