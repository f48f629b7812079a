using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Protos.Operations.V1;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Pages;

/// <summary>Adds the page path to a service: its relay, and a lane for each source it listens to.</summary>
public static class PagesComposition
{
    private const string Exchange = "leftbehind.pages";

    /// <summary>This service tells facts. <paramref name="subjects"/> are its stream types whose heads others compare.</summary>
    public static IServiceCollection AddRelay<TRelay>(this IServiceCollection services, params string[] subjects) where TRelay : class, IRelay =>
        services.AddSingleton<IRelay, TRelay>()
            .AddSingleton<SourceIdentity>()
            .AddSingleton(new SubjectStreams(subjects))
            .AddSingleton(s => new PageWriter(s.GetRequiredService<EventStore>().Schema, s.GetRequiredService<IRelay>(), Contract.Facts));

    /// <summary>This service listens to the handler's source.</summary>
    public static IServiceCollection AddLane<THandler>(this IServiceCollection services) where THandler : class, IPageHandler =>
        services.AddLane(s => ActivatorUtilities.CreateInstance<THandler>(s));

    /// <summary>This service does two things with the facts of one source, each with its own wants; see <see cref="InTurn"/>.</summary>
    public static IServiceCollection AddLane<TFirst, TSecond>(this IServiceCollection services) where TFirst : class, IPageHandler where TSecond : class, IPageHandler =>
        services.AddLane(s => new InTurn(ActivatorUtilities.CreateInstance<TFirst>(s), ActivatorUtilities.CreateInstance<TSecond>(s)));

    /// <inheritdoc cref="AddLane{THandler}(IServiceCollection)"/>
    public static IServiceCollection AddLane(this IServiceCollection services, Func<IServiceProvider, IPageHandler> handler) =>
        services.AddSingleton(s => new Lane(s.GetRequiredService<EventStore>(), handler(s), s.GetRequiredService<IPageSource>(), s.GetRequiredService<ILogger<Lane>>()));

    /// <summary>The lanes' tables, their client for replays, and catching up at start.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(LaneTable.Ddl))
            .AddSingleton<IPageSource>(s => new GrpcPageSource(s.GetRequiredService<Func<string, Source.SourceClient>>()))
            .AddHostedService<LaneCatchUp>();

    /// <summary>One exchange for all pages, routed by source.</summary>
    public static void ConfigurePages(this IRabbitMqBusFactoryConfigurator bus)
    {
        bus.Message<EventPage>(m => m.SetEntityName(Exchange));
        bus.Publish<EventPage>(p => { p.ExchangeType = "direct"; p.Durable = true; });
        bus.Send<EventPage>(s => s.UseRoutingKeyFormatter(c => c.Message.Source));
    }

    /// <summary>A queue a lane: quorum, one active consumer, a few pages ahead, never to an error queue.</summary>
    public static void ConfigureLanes(this IRabbitMqBusFactoryConfigurator bus, IServiceProvider services, string service)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        foreach (var lane in services.GetServices<Lane>())
            bus.ReceiveEndpoint($"{service}.{lane.Source}", queue =>
            {
                queue.ConfigureConsumeTopology = false;
                queue.SetQuorumQueue();
                queue.SingleActiveConsumer = true;
                queue.PrefetchCount = 4;
                queue.ConcurrentMessageLimit = 1;
                queue.PublishFaults = false;
                queue.RethrowFaultedMessages();
                queue.ThrowOnSkippedMessages();
                queue.Bind(Exchange, b => { b.ExchangeType = "direct"; b.RoutingKey = lane.Source; b.Durable = true; });
                queue.Consumer(() => new PageConsumer(lane, stopping));
            });
    }

    /// <summary>The rpcs between services and for operations.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<IRelay>() is not null)
            app.MapGrpcService<SourceService>();
        if (app.ServiceProvider.GetServices<Lane>().Any())
            app.MapGrpcService<LanesService>();
    }
}

/// <summary>The facts that travel between services.</summary>
public static class Contract
{
    /// <summary>Every contract record with its stored name.</summary>
    public static readonly EventTypes Facts = EventTypes.In(typeof(EventPage).Assembly);
}
