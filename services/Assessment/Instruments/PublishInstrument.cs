using System.Text.Json;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Instruments;

/// <summary>Publishes a version of an instrument; the same content again is none. The fields were checked before.</summary>
public sealed record PublishInstrument(InstrumentContent Content, string By)
{
    public static IEnumerable<InstrumentPublished> Decide(PublishInstrument command, Instrument instrument, DateTimeOffset now)
    {
        var latest = instrument.Of(0);
        if (latest is not null && IsSame(latest.Content, command.Content))
            return [];
        if (latest is not null && latest.Content.Kind != command.Content.Kind)
            throw new RejectedException("An instrument keeps its kind; publish another one under another code.");
        return [new(instrument.Latest + 1, command.Content, now, command.By)];
    }

    private static bool IsSame(InstrumentContent one, InstrumentContent other) =>
        JsonSerializer.Serialize(one, EventTypes.Json) == JsonSerializer.Serialize(other, EventTypes.Json);
}
