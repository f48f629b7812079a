using System.Diagnostics;
using LeftBehind.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LeftBehind.ServiceDefaults;

internal static class Telemetry
{
    /// <summary>Traces, metrics and logs by OTLP where an endpoint is configured; logs as JSON lines on standard output always.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = RedactingFormatter.FormatterName)
            .AddConsoleFormatter<RedactingFormatter, ConsoleFormatterOptions>()
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var otlp = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(r => r.AddService($"leftbehind.{service}"))
            .WithTracing(traces =>
            {
                traces.SetSampler(new ParentBasedSampler(new PushSampler(builder.Configuration.GetValue("Telemetry:PushesPerSecond", 50))))
                    .AddSource(PageMetrics.Name, "LeftBehind.*", "MassTransit")
                    .AddAspNetCoreInstrumentation(o =>
                    {
                        o.Filter = c => !c.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
                        o.EnrichWithHttpResponse = (span, response) => KeepRouteAlone(span, response.HttpContext);
                    })
                    .AddNpgsql();
                if (otlp)
                    traces.AddOtlpExporter();
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(PageMetrics.Name, "LeftBehind.*", "MassTransit", "Marten", "Npgsql")
                    .AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
                if (otlp)
                    metrics.AddOtlpExporter();
            });
        if (otlp)
            telemetry.WithLogging(logs => logs.AddProcessor(new ExceptionRedaction()).AddOtlpExporter());
    }

    /// <summary>What a caller wrote into path and query stays out of traces: by mistake it may be anything.</summary>
    private static void KeepRouteAlone(Activity span, HttpContext http)
    {
        span.SetTag("url.path", (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        span.SetTag("url.query", null);
    }
}
