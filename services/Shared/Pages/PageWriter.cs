using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>Cuts a contiguous range of stored events into pages of at most 256 KB. Pure.</summary>
public sealed class PageWriter(string source, IRelay relay, EventTypes contracts)
{
    // What the bus and the page itself add, and the members of a fact beside its JSON, ids and times mostly.
    private const int MaxBytes = 256 * 1024 - 2048;
    private const int FactBytes = 640;

    /// <summary>The pages of (floor, ceiling]; one empty page when nothing of the range leaves the house.</summary>
    /// <param name="incarnation">Of this store.</param>
    /// <param name="floor">Exclusive.</param>
    /// <param name="ceiling">Inclusive; at least the last event's sequence.</param>
    /// <param name="events">In order.</param>
    /// <param name="sinceVersion">Only facts first told after this relay version; 0 = all.</param>
    public IEnumerable<EventPage> Cut(Guid incarnation, long floor, long ceiling, IEnumerable<StoredEvent> events, int sinceVersion = 0)
    {
        var facts = new List<PagedEvent>();
        var bytes = 0;
        foreach (var stored in events)
        {
            var told = Tell(stored, sinceVersion);
            var size = told.Sum(Bytes);
            if (facts.Count > 0 && bytes + size > MaxBytes)
            {
                var cut = stored.Sequence - 1;
                yield return new(source, incarnation, floor, cut, relay.Version, facts);
                (facts, bytes, floor) = ([], 0, cut);
            }
            facts.AddRange(told);
            bytes += size;
        }
        yield return new(source, incarnation, floor, ceiling, relay.Version, facts);
    }

    private List<PagedEvent> Tell(StoredEvent stored, int sinceVersion)
    {
        var told = new List<PagedEvent>(1);
        var ordinal = 0;
        foreach (var relayed in relay.Translate(stored))
        {
            var id = ordinal++ == 0 ? stored.Id : Derive(stored.Id, ordinal);
            if (relayed.Since <= sinceVersion)
                continue;
            told.Add(new(stored.Sequence, id, stored.Stream, stored.Version, relayed.Subject, contracts.NameOf(relayed.Fact),
                stored.Meta.OccurredAt, stored.Meta.EffectiveOn, stored.Meta.Origin, stored.Meta.Traceparent,
                JsonSerializer.Serialize(relayed.Fact, relayed.Fact.GetType(), EventTypes.Json)));
        }
        return told;
    }

    /// <summary>A fact's size on the bus. Its JSON travels as a string, so quotes and backslashes take two bytes.</summary>
    private static int Bytes(PagedEvent fact) =>
        FactBytes + Written(fact.Json) + Written(fact.Type) + Written(fact.Origin?.Source) + Written(fact.Origin?.EventId) + Written(fact.Traceparent);

    private static int Written(ReadOnlySpan<char> text) => Encoding.UTF8.GetByteCount(text) + text.Count('"') + text.Count('\\');

    /// <summary>The id of the n-th fact told by one event: the same at every telling.</summary>
    private static Guid Derive(Guid id, int ordinal)
    {
        Span<byte> input = stackalloc byte[20];
        id.TryWriteBytes(input);
        BitConverter.TryWriteBytes(input[16..], ordinal);
        return new(SHA256.HashData(input).AsSpan(0, 16));
    }
}
