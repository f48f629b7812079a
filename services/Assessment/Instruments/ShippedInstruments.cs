using System.Text.Json;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Assessment.Instruments;

/// <summary>
/// The instruments that come with a release, so that a new installation can assess: published at migration where there is none of their
/// code. What the province published of its own is never touched.
/// </summary>
public sealed class ShippedInstruments(EventStore store, TimeProvider clock) : IMigrationStep
{
    public const string Risk = "working-risk", Grade = "guardianship-grade", By = "platform default";

    /// <summary>Those shipped, by code; data files beside the code.</summary>
    public static IReadOnlyDictionary<string, InstrumentContent> All { get; } =
        new[] { Risk, Grade }.ToDictionary(code => code, Read, StringComparer.Ordinal);

    public Task RunAsync(CancellationToken ct) => store.RunAsync(async work =>
    {
        var now = clock.GetUtcNow();
        foreach (var (code, content) in All)
        {
            var id = Instrument.IdOf(code);
            var instrument = (await work.LoadAsync<Instrument>([id], ct))[id];
            if (instrument.Latest > 0)
                continue;
            foreach (var published in PublishInstrument.Decide(new(content, By), instrument, now))
            {
                work.Append(id, published, new(now, WorkCalendar.DayOf(now)));
                InstrumentTable.Write(work, instrument.After(published));
            }
        }
    }, ct);

    private static InstrumentContent Read(string code)
    {
        using var file = typeof(ShippedInstruments).Assembly.GetManifestResourceStream($"{code}.json")!;
        return JsonSerializer.Deserialize<InstrumentContent>(file, EventTypes.Json)!;
    }
}
