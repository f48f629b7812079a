using Google.Protobuf;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Intake;

/// <summary>Adds a way in to a service.</summary>
public static class IntakeComposition
{
    /// <summary>A way in for rows of one kind, with its inbox, receipts and ledger.</summary>
    public static IServiceCollection AddWayIn<TRow, TWay>(this IServiceCollection services, IConfiguration configuration, MessageParser<TRow> parser)
        where TRow : class, IMessage<TRow> where TWay : class, IWayIn<TRow> =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(InboxTable.Ddl))
            .AddSingleton(new WaitingSeal(SealingOptions.From(configuration)))
            .AddSingleton(parser)
            .AddSingleton<IWayIn<TRow>, TWay>()
            .AddSingleton<WayIn<TRow>>()
            .AddSingleton<Receipts>();
}
