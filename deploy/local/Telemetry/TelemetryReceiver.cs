using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Telemetry.Otlp.Logs;
using LeftBehind.Telemetry.Otlp.Metrics;
using LeftBehind.Telemetry.Otlp.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Telemetry;

/// <summary>A span as a service sent it.</summary>
public sealed record ReceivedSpan(string Service, string TraceId, string SpanId, string ParentSpanId, string Name, DateTimeOffset Start, TimeSpan Duration);

/// <summary>Receives OTLP over gRPC on a loopback port, for the demo and for tests: spans read, and every byte kept for leak scans.</summary>
public sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private TelemetryReceiver(WebApplication app, Received received) => (this.app, All) = (app, received);

    /// <summary>For OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    public string Endpoint => app.Urls.First();

    /// <summary>The spans so far.</summary>
    public IReadOnlyCollection<ReceivedSpan> Spans => All.Spans;

    /// <summary>Every traces, metrics and logs message so far, as it came.</summary>
    public IReadOnlyCollection<byte[]> Messages => All.Messages;

    /// <summary>How many messages of each kind came.</summary>
    public (int Traces, int Metrics, int Logs) Counts => (All.Traces, All.Metrics, All.Logs);

    private Received All { get; }

    /// <summary>Starts on a free port.</summary>
    public static async Task<TelemetryReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        var received = new Received();
        builder.Services.AddSingleton(received).AddGrpc(g => g.MaxReceiveMessageSize = null);
        var app = builder.Build();
        app.MapGrpcService<Traces>();
        app.MapGrpcService<Metrics>();
        app.MapGrpcService<Logs>();
        await app.StartAsync();
        return new(app, received);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    internal sealed class Received
    {
        public ConcurrentQueue<ReceivedSpan> Spans { get; } = [];
        public ConcurrentQueue<byte[]> Messages { get; } = [];
        public int Traces;
        public int Metrics;
        public int Logs;
    }

    internal sealed class Traces(Received received) : TraceService.TraceServiceBase
    {
        public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref received.Traces);
            received.Messages.Enqueue(request.ToByteArray());
            foreach (var resource in request.ResourceSpans)
            {
                var service = resource.Resource?.Attributes.FirstOrDefault(a => a.Key == "service.name")?.Value.StringValue ?? "";
                foreach (var span in resource.ScopeSpans.SelectMany(s => s.Spans))
                    received.Spans.Enqueue(new(service, Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId), span.Name,
                        DateTimeOffset.UnixEpoch.AddTicks((long)(span.StartTimeUnixNano / 100)),
                        TimeSpan.FromTicks((long)(span.EndTimeUnixNano - span.StartTimeUnixNano) / 100)));
            }
            return Task.FromResult(new ExportTraceServiceResponse());
        }

        private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
    }

    internal sealed class Metrics(Received received) : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref received.Metrics);
            received.Messages.Enqueue(request.ToByteArray());
            return Task.FromResult(new ExportMetricsServiceResponse());
        }
    }

    internal sealed class Logs(Received received) : LogsService.LogsServiceBase
    {
        public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref received.Logs);
            received.Messages.Enqueue(request.ToByteArray());
            return Task.FromResult(new ExportLogsServiceResponse());
        }
    }
}
