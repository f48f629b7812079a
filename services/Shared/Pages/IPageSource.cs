using System.Runtime.CompilerServices;
using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Protos.Operations.V1;

namespace LeftBehind.Pages;

/// <summary>Pulls pages of a source, for whoever misses some.</summary>
public interface IPageSource
{
    /// <summary>Contiguous pages after <paramref name="from"/>, up to <paramref name="upTo"/> (0 = as far as is safe).</summary>
    IAsyncEnumerable<EventPage> ReplayAsync(string source, long from, long upTo, int relayedSince, CancellationToken ct);
}

/// <summary>The source's authenticated Replay rpc.</summary>
public sealed class GrpcPageSource(Func<string, Source.SourceClient> clientOf) : IPageSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<EventPage> ReplayAsync(
        string source, long from, long upTo, int relayedSince, [EnumeratorCancellation] CancellationToken ct)
    {
        using var call = clientOf(source).Replay(
            new() { FromSequence = from, ToSequence = upTo, RelayedSinceVersion = relayedSince }, cancellationToken: ct);
        while (await call.ResponseStream.MoveNext(ct))
            yield return JsonSerializer.Deserialize<EventPage>(call.ResponseStream.Current.Page.Span, EventTypes.Json)!;
    }
}
