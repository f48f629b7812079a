using JasperFx.Events.Projections;
using LeftBehind.Access;
using LeftBehind.EventLog;
using LeftBehind.Json;
using LeftBehind.OpenApi;
using LeftBehind.Pages;
using LeftBehind.SetTime;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeftBehind.ServiceDefaults;

/// <summary>What every service is made of before it says a word of its own: store, bus, pages, access, JSON, telemetry, health, errors.</summary>
public static class ServiceHost
{
    /// <summary>The defaults of a service whose store lies in the given schema.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="schema">Schema of the store and name of the service as a source of facts.</param>
    /// <param name="events">The event types of the store.</param>
    /// <param name="store">What the service adds to its Marten store.</param>
    /// <param name="pollMilliseconds">How often its daemon looks for new events, unless configured (Daemon:PollMilliseconds).</param>
    public static WebApplicationBuilder AddServiceDefaults(
        this WebApplicationBuilder builder, string schema, EventTypes events, Action<IServiceProvider, StoreOptions>? store = null, int pollMilliseconds = 50)
    {
        builder.AddClock();
        builder.AddTelemetry(schema);
        builder.AddStore(schema, events, store, pollMilliseconds);
        builder.AddBus(schema);
        builder.Services.AddPages();
        builder.AddPeers();
        builder.Services.AddJsonCalls();
        builder.AddErrors();
        builder.AddAccess();
        builder.AddHealth();
        builder.Services.AddGrpcReflection();
        builder.Services.AddOpenApiPage(schema);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }

    /// <summary>Maps what <see cref="AddServiceDefaults"/> added.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapErrors();
        app.MapHealth();
        app.MapOpenApiPage();
        app.MapPages();
        if (app.Environment.IsDevelopment())
            app.MapGrpcReflectionService();
        return app;
    }

    /// <summary>Runs the service; with the argument <c>migrate</c> applies the schema once and ends; with <c>migrate run</c> serves then.</summary>
    public static async Task<int> RunServiceAsync(this WebApplication app, string[] args)
    {
        if (args is ["migrate", ..])
            await Migration.ApplyAsync(app.Services);
        if (args is not ["migrate"])
            await app.RunAsync();
        return 0;
    }
}
