using LeftBehind.Protos.Operations.V1;
using LeftBehind.TestKit;
using Npgsql;

namespace LeftBehind.EndToEndTests.Pushing;

/// <summary>The event stores of an installation, read from outside.</summary>
internal sealed class Stores(RunningInstallation running)
{
    private static readonly string[] Listening = ["Registry", "EducationAttendance", "Reporting", "Platform"];

    /// <summary>How many events each service has appended. Days turn by themselves, and failed appends leave tombstones.</summary>
    public async Task<Dictionary<string, long>> CountEventsAsync(CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var service in running.Services.Services.Select(s => s.Service))
            counts[service] = await AskAsync(service, "count(*) filter (where type not in ('day_turned', 'tombstone'))", ct);
        return counts;
    }

    /// <summary>How many divisions Platform's database holds for those who read it with SQL.</summary>
    public Task<long> CountDivisionsAsync(CancellationToken ct) => AskAsync("Platform", "count(*)", ct, "division");

    /// <summary>Waits until every service has taken all that the others told.</summary>
    public Task AreQuietAsync(CancellationToken ct) => Eventually.IsAsync(() => BehindAsync(ct), behind => behind.Length == 0, ct);

    private async Task<string> BehindAsync(CancellationToken ct)
    {
        var heads = new Dictionary<string, long>
        {
            ["registry"] = await AskAsync("Registry", "coalesce(max(seq_id), 0)", ct),
            ["education"] = await AskAsync("EducationAttendance", "coalesce(max(seq_id), 0)", ct),
        };
        foreach (var service in Listening.Where(s => running.Services.Services.Any(r => r.Service == s)))
            foreach (var lane in (await new Lanes.LanesClient(running.Channel(service)).ListLanesAsync(new(), running.Operations(ct))).Lanes)
                if (heads.TryGetValue(lane.Source, out var head) && lane.Watermark < head)
                    return $"{service} stands at {lane.Watermark} of {head} of {lane.Source}";
        return "";
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
