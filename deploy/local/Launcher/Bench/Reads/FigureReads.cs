using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Launcher.Bench.Meters;
using LeftBehind.Launcher.Calls;
using LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Launcher.Bench.Reads;

/// <summary>GetFigures of all five levels, each as its own bureau asks, over several connections.</summary>
internal sealed class FigureReads : IDisposable
{
    private const int Connections = 4, Seed = 7;

    private readonly List<GrpcChannel> channels;
    private readonly List<Platform.PlatformClient> clients;
    private readonly List<(GetFiguresRequest Request, CallOptions Caller)> calls;
    private readonly int[] order;

    internal FigureReads(Uri platform, LocalCalls callers, IReadOnlyList<ReadTarget> targets)
    {
        channels = [.. Enumerable.Range(0, Connections).Select(_ => GrpcChannel.ForAddress(platform))];
        clients = channels.ConvertAll(c => new Platform.PlatformClient(c));
        calls = [.. targets.Select(t => (new GetFiguresRequest { DivisionCode = t.Code }, callers.Bureau(t.Code, default)))];
        order = [.. targets.SelectMany((t, i) => Enumerable.Repeat(i, t.Weight))];
        new Random(Seed).Shuffle(order);
    }

    internal Task<Latencies> RunAsync(TimeSpan duration) => OpenLoop.RunAsync(BenchProfile.ReadsPerSecond, duration, async number =>
    {
        var (request, caller) = calls[order[number % order.Length]];
        await clients[number % Connections].GetFiguresAsync(request, caller);
    });

    public void Dispose() => channels.ForEach(c => c.Dispose());
}
