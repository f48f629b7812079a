using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Children;
using LeftBehind.Pages;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.GuardianshipIntervention;

/// <summary>
/// GuardianshipIntervention (监护干预): stream case; officers record what competent organs did. Listens to registry for where
/// children live, and to nobody else: no risk, grade or report opens a case, only recorded conduct of a parent or entrusted carer does.
/// </summary>
public static class GuardianshipModule
{
    public const string Schema = "guardianship";

    public static readonly EventTypes Events = EventTypes.In(typeof(GuardianshipModule).Assembly);

    public static void AddGuardianshipIntervention(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        services.AddSingleton<HandleCases>();
        services.AddRelay<GuardianshipRelay>();
        services.AddLane<FollowChildren>();
        services.AddSingleton<ISchemaPart>(new SchemaPart(OpenCases.Ddl)).AddSingleton<ISchemaPart>(new SchemaPart(ChildPlaces.Ddl));
        // No figure of the first minute hangs on it; an idle daemon costs by how often it looks.
        builder.AddServiceDefaults(Schema, Events, pollMilliseconds: 200);
    }

    public static void MapGuardianshipIntervention(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<GuardianshipService>();
    }
}
