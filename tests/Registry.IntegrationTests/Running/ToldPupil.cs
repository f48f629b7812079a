using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Partners;
using LeftBehind.Sealing;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.Registry.IntegrationTests.Running;

/// <summary>A pupil that looks for its file, as the roll tells it, and what became of it.</summary>
public sealed class ToldPupil(RunningRegistry registry)
{
    public Guid Id { get; } = Guid.NewGuid();

    public Task TellAsync(params string[] numbers) => TellAsync([.. numbers.Select(n => Told(n))]);

    public Task TellAsync(params PagedEvent[] facts) => registry.Service<EventStore>().RunAsync(
        work => new MatchPupils(registry.Service<SealedTo>(), registry.Service<KeyedDigest>())
            .HandleAsync(work, facts, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    public PagedEvent Told(string number, string name = "李小禾", string? born = Feed.Born)
    {
        var told = new PupilAwaitsMatch(Id, number.Length > 0 ? registry.Service<RowKeysOf>().IdNumber(number).ToString() : null,
            registry.Service<SealedTo>().SealJson(new PupilIdentity(name, number)).ToText(), born is null ? null : DateOnly.Parse(born, null), Sex.Female);
        return new(1, Guid.NewGuid(), Id, 1, Id, "pupil_awaits_match", DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, JsonSerializer.Serialize(told, EventTypes.Json));
    }

    public Task<List<string>> WaitingAsync() => registry.ColumnAsync("select pupil::text from registry.waiting_pupil where pupil = $1", Id);

    /// <summary>The file that the pupil has now, which the table and the events agree on.</summary>
    public async Task<List<string>> LinkedAsync()
    {
        var linked = await registry.ColumnAsync("select child::text from registry.linked_pupil where pupil = $1", Id);
        Assert.Equal(await registry.ColumnAsync("""
            select stream_id::text from (select distinct on (stream_id) stream_id, type from registry.mt_events
                where type in ('pupil_linked', 'pupil_unlinked') and data->>'pupilId' = $1 order by stream_id, version desc) last where type = 'pupil_linked'
            """, Id.ToString()), linked);
        return linked;
    }
}
