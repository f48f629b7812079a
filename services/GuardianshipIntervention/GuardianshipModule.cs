using LeftBehind.Access;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.Documents;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Children;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Files;
using LeftBehind.GuardianshipIntervention.Petitions;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.ReadLog;
using LeftBehind.Residences;
using LeftBehind.Sealing;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.GuardianshipIntervention;

/// <summary>
/// GuardianshipIntervention (监护干预): stream case; officers record what competent organs and courts did, and the evidence for a petition.
/// Listens to registry for where children live, who cares for them and what is erased, and to nobody else: no risk, grade or
/// report opens a case, only recorded conduct of a parent or entrusted carer does. Tells every change of a case, the guardian a
/// court named, and duties: the court's times, and civil affairs' duty to petition.
/// </summary>
public static class GuardianshipModule
{
    public const string Schema = "guardianship";

    public static readonly EventTypes Events = EventTypes.In(typeof(GuardianshipModule).Assembly).And(ObligationEvents.Types);

    public static void AddGuardianshipIntervention(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDivisionCopy(Schema).AddSingleton(_ => DivisionTree.Load(File(builder, "Divisions:File")));
        services.AddSingleton(_ => WorkCalendar.Load(File(builder, "Calendar:File")));
        services.AddSealing(builder.Configuration, Schema);
        services.AddSingleton(PetitionWait.From(builder.Configuration)).AddSingleton<CaseDuties>().AddObligations(FieldGroup.InterventionCourt);
        services.AddSingleton<WriteCases>().AddSingleton<ChangeCase>().AddSingleton<HandleCases>();
        services.AddSingleton<HandleCourtActs>().AddSingleton<HandleEvidence>().AddSingleton<GetPetitionGrounds>().AddSingleton<PrintDocument>().AddSingleton<GetCaseFile>();
        services.AddSingleton<LapseOrders>().AddHostedService(s => s.GetRequiredService<LapseOrders>());
        services.AddReadLog(new FormerReads("case_file_read", "array[case_id]", "'case-file'"));
        services.AddRelay<GuardianshipRelay>(InterventionCase.StreamType, Obligation.StreamType);
        services.AddLane(s => new InTurn(
            ActivatorUtilities.CreateInstance<FollowChildren>(s), ActivatorUtilities.CreateInstance<FollowCare>(s), ActivatorUtilities.CreateInstance<EraseEvidenceTexts>(s)));
        foreach (var ddl in new Func<string, string>[] { PersonKeyTable.Ddl, OpenCases.Ddl, ChildPlaces.Ddl, ChildCares.Ddl, RunningOrders.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
        // No figure of the first minute hangs on it; an idle daemon costs by how often it looks.
        builder.AddServiceDefaults(Schema, Events, pollMilliseconds: 200);
    }

    public static void MapGuardianshipIntervention(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<GuardianshipService>();
        app.MapGrpcService<CourtService>();
        app.MapObligations();
        app.MapReadLog();
    }

    private static string File(WebApplicationBuilder builder, string setting) =>
        builder.Configuration[setting] ?? throw new InvalidOperationException($"{setting} is missing.");
}
