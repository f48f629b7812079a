using LeftBehind.TestKit;
using Npgsql;

namespace LeftBehind.Obligations.IntegrationTests;

/// <summary>Each breach is one event, whoever sweeps, however often, and whatever kills it.</summary>
public sealed class SweepTests(RealServers servers)
{
    private const int Many = ObligationSweep.AtATime * 2 + 37;
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sweep_tells_at_risk_breach_and_escalation_at_their_hours_over_a_worked_Saturday()
    {
        await using var duties = await Duties.StartAsync(servers);
        var id = (await duties.OpenAsync(Duties.Asked(Duties.Child())))[0];
        await SweepAtAsync(duties, Duties.Due.AddHours(-10).AddMilliseconds(-1), "Open");
        await SweepAtAsync(duties, Duties.Due.AddHours(-10), "AtRisk");
        await SweepAtAsync(duties, Duties.Due.AddMilliseconds(-1), "AtRisk");
        await SweepAtAsync(duties, Duties.Due, "Breached");
        await SweepAtAsync(duties, Duties.Due.AddHours(24), "Breached");
        Assert.Equal(["obligation_opened", "obligation_at_risk", "obligation_breached", "obligation_escalated"], await duties.EventsAsync(id));
        Assert.Equal(["20260508", "20260511", "20260512", "20260513"], await duties.ColumnAsync($"select headers->>'on' from {Duties.Schema}.mt_events order by seq_id"));
        Assert.Equal(0, await duties.Replica().SweepAsync(ct));
    }

    [Fact]
    public async Task Killed_between_batches_the_next_sweep_goes_on_and_a_third_finds_nothing()
    {
        await using var duties = await Duties.StartAsync(servers);
        await OpenManyAsync(duties);
        duties.Clock.SetUtcNow(Duties.Due);
        // The first process comes no further than its first commit.
        await duties.Replica().SweepBatchAsync(Duties.Due, ct);
        Assert.Equal(ObligationSweep.AtATime, await duties.CountAsync("obligation_breached"));
        await duties.Replica().SweepAsync(ct);
        Assert.Equal(0, await duties.Replica().SweepAsync(ct));
        await AssertOneBreachEachAsync(duties);
    }

    [Fact]
    public async Task Killed_within_a_batch_nothing_of_it_stays_and_the_next_sweep_tells_all()
    {
        await using var duties = await Duties.StartAsync(servers);
        await OpenManyAsync(duties);
        duties.Clock.SetUtcNow(Duties.Due);
        // Somebody else writes: the sweep waits for the lock inside of its transaction, and its connection is cut there.
        await using var other = await duties.Store.Database.OpenConnectionAsync(ct);
        await using var held = await other.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", other, held) { Parameters = { new() { Value = Duties.Schema + ".writer" } } })
            await command.ExecuteNonQueryAsync(ct);
        var killed = duties.Replica().SweepAsync(ct);
        await Eventually.IsAsync(() => duties.ColumnAsync("""
            select pg_terminate_backend(pid)::text from pg_locks where locktype = 'advisory' and not granted
                and database = (select oid from pg_database where datname = current_database())
            """), cut => cut.Count > 0, ct);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => killed);
        Assert.Equal(0, await duties.CountAsync("obligation_breached"));
        await held.RollbackAsync(ct);
        await duties.Replica().SweepAsync(ct);
        await AssertOneBreachEachAsync(duties);
    }

    [Fact]
    public async Task Replicas_that_sweep_at_once_tell_each_breach_once()
    {
        await using var duties = await Duties.StartAsync(servers);
        await OpenManyAsync(duties);
        duties.Clock.SetUtcNow(Duties.Due);
        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => duties.Replica().SweepAsync(ct), ct)));
        Assert.Equal(2 * Many, told.Sum());
        await AssertOneBreachEachAsync(duties);
    }

    [Fact]
    public async Task Fulfilling_while_replicas_sweep_ends_each_duty_once()
    {
        await using var duties = await Duties.StartAsync(servers);
        var asked = Enumerable.Range(0, 60).Select(_ => Duties.Asked(Duties.Child())).ToArray();
        await duties.OpenAsync(asked);
        duties.Clock.SetUtcNow(Duties.Due);
        await Task.WhenAll([
            .. asked.Select(a => duties.FulfilAsync(a.Subject, Duties.Due)), .. Enumerable.Range(0, 4).Select(_ => duties.Replica().SweepAsync(ct)),
        ]);
        Assert.Equal((60, 60, 60), (await duties.CountAsync("obligation_at_risk"), await duties.CountAsync("obligation_breached"), await duties.CountAsync("obligation_fulfilled")));
        Assert.Empty(await duties.RowsAsync());
    }

    [Fact]
    public async Task What_was_fulfilled_leaves_nothing_behind_and_never_breaches()
    {
        await using var duties = await Duties.StartAsync(servers);
        var asked = Duties.Asked(Duties.Child());
        await duties.OpenAsync(asked);
        await duties.FulfilAsync(asked.Subject, Duties.Start);
        Assert.Empty(await duties.RowsAsync());
        duties.Clock.SetUtcNow(Duties.Due.AddYears(1));
        Assert.Equal(0, await duties.Replica().SweepAsync(ct));
        Assert.Equal(["obligation_opened", "obligation_fulfilled"], await duties.EventsAsync());
    }

    [Fact]
    public async Task A_sweep_with_nothing_due_waits_for_no_writer()
    {
        await using var duties = await Duties.StartAsync(servers);
        await duties.OpenAsync(Duties.Asked(Duties.Child()));
        await duties.Store.RunAsync(async _ => Assert.Equal(0, await duties.Replica().SweepAsync(ct)), ct);
    }

    [Fact]
    public async Task A_row_without_its_obligation_goes_and_holds_no_sweep_up()
    {
        await using var duties = await Duties.StartAsync(servers);
        await duties.OpenAsync(Duties.Asked(Duties.Child()));
        await duties.ColumnAsync($"insert into {Duties.Schema}.obligation_due select gen_random_uuid(), now() - interval '9 years', kind, subject_kind, subject, division, department, state, starts_at, due_at, place, basis from {Duties.Schema}.obligation_due");
        duties.Clock.SetUtcNow(Duties.Due);
        Assert.Equal(2, await duties.Replica().SweepAsync(ct));
        Assert.Equal(["Breached"], await duties.RowsAsync());
    }

    [Fact]
    public async Task The_service_sweeps_by_itself_as_time_goes_by()
    {
        await using var duties = await Duties.StartAsync(servers);
        await duties.OpenAsync(Duties.Asked(Duties.Child()));
        using var hosted = duties.Replica();
        await hosted.StartAsync(ct);
        duties.Clock.SetUtcNow(Duties.Due);
        await Eventually.IsAsync(() =>
        {
            duties.Clock.Advance(ObligationSweep.Between);
            return duties.CountAsync("obligation_breached");
        }, breached => breached == 1, ct);
        await hosted.StopAsync(ct);
    }

    [Fact]
    public async Task Due_rows_are_found_by_their_index()
    {
        await using var duties = await Duties.StartAsync(servers);
        await OpenManyAsync(duties);
        await duties.ColumnAsync($"analyze {Duties.Schema}.obligation_due");
        var plan = await duties.ColumnAsync($"explain select id from {Duties.Schema}.obligation_due where next_at <= '2020-01-01' order by next_at, id limit 500");
        Assert.Contains(plan, line => line.Contains("obligation_due_next", StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<Guid>> OpenManyAsync(Duties duties) => duties.OpenAsync([.. Enumerable.Range(0, Many).Select(_ => Duties.Asked(Duties.Child()))]);

    private static async Task AssertOneBreachEachAsync(Duties duties)
    {
        Assert.Equal((Many, Many), (await duties.CountAsync("obligation_at_risk"), await duties.CountAsync("obligation_breached")));
        Assert.Equal(["3"], await duties.ColumnAsync($"select distinct count(*) from {Duties.Schema}.mt_events group by stream_id"));
        Assert.Equal(["3"], await duties.ColumnAsync($"select distinct version from {Duties.Schema}.mt_streams where type = 'obligation'"));
        Assert.Equal(Many, (await duties.RowsAsync()).Count(state => state == "Breached"));
    }

    private async Task SweepAtAsync(Duties duties, DateTimeOffset now, string state)
    {
        duties.Clock.SetUtcNow(now);
        await duties.Replica().SweepAsync(ct);
        Assert.Equal([state], await duties.RowsAsync());
    }
}
