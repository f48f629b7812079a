using LeftBehind.Access;
using LeftBehind.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Obligations;

/// <summary>Adds obligations to a service.</summary>
public static class ObligationsComposition
{
    /// <summary>
    /// The book, the list, the table, the sweep and the rpcs. The service adds <see cref="ObligationEvents.Types"/> to its event types,
    /// tells <see cref="ObligationTelling.Of"/> in its relay, has a work calendar and maps <see cref="MapObligations"/>.
    /// </summary>
    /// <param name="services">Those of the service.</param>
    /// <param name="told">In which field group lies what the service tells of its duties; who does not read it sees none.</param>
    /// <param name="also">Who reads duties beside those; of which of them <see cref="IHidesObligations"/> then decides.</param>
    public static IServiceCollection AddObligations(this IServiceCollection services, FieldGroup told, Func<Caller, bool>? also = null) =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(ObligationTable.Ddl))
            .AddSingleton<ObligationBook>().AddSingleton<ListObligations>().AddSingleton(new DutyFields(told, also)).AddSingleton<HandleObligations>()
            .AddSingleton<ObligationSweep>().AddHostedService(s => s.GetRequiredService<ObligationSweep>());

    /// <summary>The rpcs of the service's duties.</summary>
    public static void MapObligations(this IEndpointRouteBuilder app) => app.MapGrpcService<ObligationsService>();
}

/// <summary>In which field group a service's duties lie: that one exists tells as much as what it is about.</summary>
public sealed record DutyFields(FieldGroup Group, Func<Caller, bool>? Also = null)
{
    /// <summary>Whether a caller reads any.</summary>
    public bool ReadBy(Caller caller) => caller.Reads(Group) || Also?.Invoke(caller) is true;
}
