using LeftBehind.EventLog;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Obligations;

/// <summary>Adds obligations to a service.</summary>
public static class ObligationsComposition
{
    /// <summary>
    /// The book, the list, the table and the sweep. The service adds <see cref="ObligationEvents.Types"/> to its event types, tells
    /// <see cref="ObligationTelling.Of"/> in its relay, and has a work calendar.
    /// </summary>
    public static IServiceCollection AddObligations(this IServiceCollection services) =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(ObligationTable.Ddl))
            .AddSingleton<ObligationBook>().AddSingleton<ListObligations>()
            .AddSingleton<ObligationSweep>().AddHostedService(s => s.GetRequiredService<ObligationSweep>());
}
