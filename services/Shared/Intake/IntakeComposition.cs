using Google.Protobuf;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Intake;

/// <summary>Adds a way in to a service.</summary>
public static class IntakeComposition
{
    /// <summary>A way in for rows of one kind, with its inbox, receipts and ledger.</summary>
    /// <param name="services">The service's.</param>
    /// <param name="configuration">With the sealing keys.</param>
    /// <param name="parser">Of the rows.</param>
    /// <param name="consumers">The services that take this service's facts; receipts say where one of them is parked.</param>
    public static IServiceCollection AddWayIn<TRow, TWay>(
        this IServiceCollection services, IConfiguration configuration, MessageParser<TRow> parser, params string[] consumers)
        where TRow : class, IMessage<TRow> where TWay : class, IWayIn<TRow> =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(InboxTable.Ddl)).AddSingleton<ISchemaPart>(new SchemaPart(ReceiptChangeTable.Ddl))
            .AddSingleton(new WaitingSeal(SealingOptions.From(configuration)))
            .AddSingleton(parser)
            .AddSingleton<IWayIn<TRow>, TWay>()
            .AddSingleton<WayIn<TRow>>()
            .AddSingleton(s => new Beyond(s.GetRequiredService<Func<string, Lanes.LanesClient>>(), consumers))
            .AddSingleton<Receipts>().AddSingleton<FollowLog>().AddSingleton<FollowReceipts>();

    /// <summary>The feed of what becomes of a partner's rows.</summary>
    public static void MapReceiptFeed(this IEndpointRouteBuilder app) => app.MapGrpcService<ReceiptFeedService>();
}
