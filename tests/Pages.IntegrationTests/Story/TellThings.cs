using LeftBehind.EventLog;
using LeftBehind.Pages.IntegrationTests.Story.Told;
using Microsoft.Extensions.Configuration;

namespace LeftBehind.Pages.IntegrationTests.Story;

internal sealed class TellThings(IConfiguration configuration) : IRelay
{
    public const string StreamType = "thing";

    public static readonly EventTypes Events = EventTypes.In(typeof(ThingCounted).Assembly, typeof(ThingCounted).Namespace!);

    public static readonly EventTypes Facts = EventTypes.In(typeof(ThingNoted).Assembly, typeof(ThingNoted).Namespace!);

    private readonly int version = configuration.GetValue("Relay:Version", 1);

    public int Version => version;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored) => stored.Data switch
    {
        ThingCounted counted => [new(stored.Stream, new ThingNoted(counted.N, counted.Text))],
        ThingSplit split => [new(stored.Stream, new ThingNoted(split.N)), new(split.Part, new ThingNoted(split.N))],
        ThingHidden hidden when version >= 2 => [new(stored.Stream, new ThingRevealed(hidden.N), Since: 2)],
        ThingUnspeakable unspeakable => throw new InvalidOperationException(unspeakable.Text),
        _ => [],
    };
}
