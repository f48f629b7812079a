using System.Security.Cryptography;
using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Pages;

/// <summary>Cuts a contiguous range of stored events into pages of at most 256 KB. Pure.</summary>
public sealed class PageWriter(string source, IRelay relay, EventTypes contracts)
{
    private const int MaxBytes = 256 * 1024;
    private const int EnvelopeBytes = 420;

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
            var size = told.Sum(f => f.Json.Length + EnvelopeBytes);
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

    /// <summary>The id of the n-th fact told by one event: the same at every telling.</summary>
    private static Guid Derive(Guid id, int ordinal)
    {
        Span<byte> input = stackalloc byte[20];
        id.TryWriteBytes(input);
        BitConverter.TryWriteBytes(input[16..], ordinal);
        return new(SHA256.HashData(input).AsSpan(0, 16));
    }
}
