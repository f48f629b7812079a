using Grpc.Core;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.TestKit;
using Npgsql;

namespace LeftBehind.EndToEndTests.Pushing;

/// <summary>The event stores of an installation, read from outside.</summary>
internal sealed class Stores(RunningInstallation running)
{
    // The slowest sweep looks once a minute.
    private const int SweepsWithin = 150;

    private static readonly (string Source, string Service)[] Telling =
        [("registry", "Registry"), ("education", "EducationAttendance"), ("reporting", "Reporting"), ("assessment", "Assessment"), ("guardianship", "GuardianshipIntervention")];

    /// <summary>How many events each service has appended that came of a row. Days turn and duplicates are suspected by themselves.</summary>
    public async Task<Dictionary<string, long>> CountEventsAsync(CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var service in running.Services.Services.Select(s => s.Service))
            counts[service] = await AskAsync(service, "count(*) filter (where headers->>'source' is not null)", ct);
        return counts;
    }

    /// <summary>How many events each service has appended, whatever they came of, but for the days that turned.</summary>
    public async Task<Dictionary<string, long>> CountAllEventsAsync(CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var service in running.Services.Services.Select(s => s.Service))
            counts[service] = await AskAsync(service, "count(*) filter (where type <> 'day_turned')", ct);
        return counts;
    }

    /// <summary>Waits until the services have seen to all that was due by a moment: days that are over, duties at risk or overdue.</summary>
    public async Task AreSettledAsync(DateTimeOffset now, CancellationToken ct)
    {
        await Eventually.IsAsync(() => AskAsync("EducationAttendance", $"coalesce(min(settled_through - date '{now:yyyy-MM-dd}'), 0)::bigint", ct, "school_day_watch"), days => days >= -1, ct, SweepsWithin);
        foreach (var service in running.Services.Services.Select(s => s.Service).Except(["Platform"]))
            await Eventually.IsAsync(() => AskAsync(service, $"count(*) filter (where next_at <= '{now:O}')", ct, "obligation_due"), due => due == 0, ct, SweepsWithin);
    }

    /// <summary>Waits until every service has taken all that the others told, and Platform has folded it.</summary>
    public Task AreQuietAsync(CancellationToken ct) => Eventually.IsAsync(() => BehindAsync(ct), behind => behind.Length == 0, ct);

    private async Task<string> BehindAsync(CancellationToken ct)
    {
        var (heads, all) = (new Dictionary<string, long>(), running.Services.Services.Select(r => r.Service).ToList());
        foreach (var (source, service) in Telling.Where(t => all.Contains(t.Service)))
            heads[source] = await AskAsync(service, "coalesce(max(seq_id), 0)", ct);
        foreach (var service in all)
            foreach (var lane in await LanesAsync(service, ct))
                if (heads.TryGetValue(lane.Source, out var head) && lane.Watermark < head)
                    return $"{service} stands at {lane.Watermark} of {head} of {lane.Source}";
        if (all.Contains("Platform") && await AskAsync("Platform", "coalesce(max(seq_id), 0)", ct) is var end
            && await AskAsync("Platform", "coalesce(max(last_seq_id) filter (where name = 'figures:All'), 0)", ct, "mt_event_progression") is var folded && folded < end)
            return $"the figures stand at {folded} of {end}";
        return "";
    }

    /// <summary>Where a service's lanes stand. Whose connections were cut by a kill says so once and is asked again.</summary>
    private async Task<IReadOnlyList<Lane>> LanesAsync(string service, CancellationToken ct)
    {
        var lanes = new Lanes.LanesClient(running.Channel(service));
        return await Eventually.IsAsync(async () =>
        {
            try
            {
                return (await lanes.ListLanesAsync(new(), running.Operations(ct))).Lanes;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable)
            {
                return null;
            }
        }, answered => answered is not null, ct) ?? [];
    }

    private async Task<long> AskAsync(string service, string question, CancellationToken ct, string table = "mt_events")
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(running.Services.StoreOf(service)) { Pooling = false });
        await using var find = database.CreateCommand("select schemaname from pg_tables where tablename = 'mt_events'");
        var schema = (string)(await find.ExecuteScalarAsync(ct))!;
        await using var count = database.CreateCommand($"select {question} from {schema}.{table}");
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }
}
