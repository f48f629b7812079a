using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.TestKit;
using Npgsql;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>Reporting, the broker and the database are killed in turn while reports come in: what was acknowledged is there once, in order, and reaches Platform.</summary>
[Collection(InOneInstallation.Name)]
public sealed class ReportKillTests(SharedInstallation shared)
{
    private const int Reporters = 40, Each = 250;
    private const string County = "430181", At = "2026-03-01T08:00:00+08:00";
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private static readonly Situation[] Situations = [Situation.Missing, Situation.DomesticViolence, Situation.LivingAlone, Situation.Missing];
    private readonly string run = $"kill-{Guid.NewGuid():N}";
    private readonly Guid[] children = [.. Enumerable.Range(0, 2000).Select(_ => Guid.NewGuid())];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private int acknowledged;

    private RunningInstallation Running => shared.Running;

    [Fact]
    public async Task Every_acknowledged_report_is_there_exactly_once_in_order_and_reaches_Platform_whoever_is_killed()
    {
        var ids = Enumerable.Range(0, Reporters).Select(_ => new List<Guid>(Each)).ToArray();
        var begun = Enumerable.Range(1, 3).Select(turn => new Kill(turn * Each / 4 + Each / 8, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))).ToArray();
        var sending = Parallel.ForEachAsync(Enumerable.Range(0, Reporters), new ParallelOptions { MaxDegreeOfParallelism = Reporters, CancellationToken = ct }, async (reporter, _) =>
        {
            for (var number = 0; number < Each; number++)
            {
                // Nobody is more than an eighth ahead of the next kill: each meets reports on their way.
                if (Array.Find(begun, b => b.From == number) is { } next)
                    await next.Begun.Task.WaitAsync(ct);
                ids[reporter].Add(await ReportAsync(reporter, number));
            }
        });
        var turn = 0;
        foreach (var victim in new[] { "Reporting", "RabbitMQ", "PostgreSQL" })
        {
            var when = ++turn * Reporters * Each / 4;
            await Eventually.IsAsync(() => Task.FromResult(Volatile.Read(ref acknowledged)), n => n >= when, ct);
            Assert.True(Volatile.Read(ref acknowledged) < Reporters * Each, $"Everything was acknowledged before {victim} was killed.");
            begun[turn - 1].Begun.SetResult();
            await KillAsync(victim);
        }
        await sending;

        var stored = await StoredAsync();
        Assert.Equal(Reporters * Each, stored.Count);
        for (var reporter = 0; reporter < Reporters; reporter++)
            Assert.Equal(ids[reporter], stored.Where(s => s.By == AccountOf(reporter)).Select(s => s.Report));
        var platform = new Platform.PlatformClient(Running.Channel("Platform"));
        await Eventually.IsAsync(async () => await CountedAsync(platform), n => n == Reporters * Each, ct);
        await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), Running.Operations(ct)), r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct);
    }

    /// <summary>Sent until it is acknowledged, under the same id; a repeat is the same report. One in five names no child.</summary>
    private async Task<Guid> ReportAsync(int reporter, int number)
    {
        var harm = new ReportHarmRequest
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = (ReporterKind)(1 + number % 9), Situation = Situations[number % Situations.Length], DivisionCode = Village,
            ChildId = number % 5 == 0 ? "" : $"{children[(reporter * Each + number) * 7 % children.Length]}", DiscoveredAt = At, Description = "听到哭声",
        };
        var receipt = await Eventually.IsAsync(async () =>
        {
            try
            {
                return await new Reporting.ReportingClient(Running.Channel("Reporting")).ReportHarmAsync(harm, RunningInstallation.With(
                    Running.Issuer.Issue(AccountOf(reporter), Department.CivilAffairs, Role.Officer, County), ct));
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.ResourceExhausted or StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled or StatusCode.Aborted)
            {
                return null;
            }
        }, answer => answer is not null, ct);
        Interlocked.Increment(ref acknowledged);
        return Guid.Parse(receipt!.ReportId);
    }

    private string AccountOf(int reporter) => $"{run}-{reporter}";

    private async Task KillAsync(string victim)
    {
        switch (victim)
        {
            case "RabbitMQ":
                await Running.Services.RabbitMq.KillAsync();
                await Running.Services.RabbitMq.StartAgainAsync(ct);
                break;
            case "PostgreSQL":
                await Running.Services.Postgres.KillAsync();
                await Running.Services.Postgres.StartAgainAsync(ct);
                break;
            default:
                await Running.Services[victim].KillAsync();
                await Running.Services[victim].StartAsync(ct);
                break;
        }
    }

    /// <summary>Each report of this run as the log has it, in its order.</summary>
    private async Task<List<(string By, Guid Report)>> StoredAsync()
    {
        await using var store = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Running.Services.StoreOf("Reporting")) { Pooling = false });
        await using var command = store.CreateCommand("select data->>'reportedBy', stream_id from reporting.mt_events where type = 'harm_reported' and data->>'reportedBy' like $1 order by seq_id");
        command.Parameters.Add(new() { Value = run + "%" });
        var stored = new List<(string, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            stored.Add((reader.GetString(0), reader.GetGuid(1)));
        return stored;
    }

    private async Task<long> CountedAsync(Platform.PlatformClient platform) => (await platform.GetFiguresAsync(
        new() { DivisionCode = County, Populations = { "report" }, Dimensions = { "total" } }, Running.Bureau(County, ct))).Division.Figures.SingleOrDefault()?.Value ?? 0;

    /// <summary>A kill: which report of each reporter waits for it.</summary>
    private sealed record Kill(int From, TaskCompletionSource Begun);
}
