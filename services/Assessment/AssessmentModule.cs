using LeftBehind.Access;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Children;
using LeftBehind.Assessment.Directory;
using LeftBehind.Assessment.Instruments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Assessment.Rescoring;
using LeftBehind.Assessment.WorkList;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Residences;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Assessment;

/// <summary>
/// Assessment (评估帮扶): streams assessment, plan, instrument, provider; listens to Reporting for the notice to the town and the end of
/// placements, and to Registry for what visits found and where children live; officers' commands; the half-year's campaign; the
/// work list of what is open; the duties assessment.finalise and assessment.deliverService; tells every step, and duties.
/// </summary>
public static class AssessmentModule
{
    public const string Schema = "assessment";

    public static readonly EventTypes Events = EventTypes.In(typeof(AssessmentModule).Assembly).And(ObligationEvents.Types);

    public static void AddAssessment(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDivisionCopy(Schema).AddSingleton(_ => DivisionTree.Load(File(builder, "Divisions:File")));
        services.AddSingleton(_ => WorkCalendar.Load(File(builder, "Calendar:File")));
        services.AddSingleton<WriteAssessments>().AddSingleton<ChangeAssessment>().AddSingleton<AssessmentAnswer>();
        services.AddSingleton<OpenOnRequest>().AddSingleton<HandleAssessments>().AddSingleton<ListOpenAssessments>();
        services.AddSingleton<ServiceDuties>().AddSingleton<WritePlans>().AddSingleton<HandlePlans>().AddSingleton<PlanAnswer>().AddSingleton<ListPlans>().AddSingleton<HandleProviders>();
        services.AddSingleton<RescoreChildren>().AddHostedService(s => s.GetRequiredService<RescoreChildren>());
        services.AddObligations(FieldGroup.AssessmentPlan);
        services.AddRelay<AssessmentRelay>(AssessmentFile.StreamType, AssistancePlan.StreamType, Obligation.StreamType);
        services.AddLane<OpenAssessmentWhenTownNotified, ReassessWhenPlacementEnds>();
        // Where a child lives is known before anything is opened for it.
        services.AddLane<FollowChildren, OpenAssessmentWhenAbnormalSituationReported>();
        services.AddSingleton<HandleInstruments>().AddSingleton<IMigrationStep, ShippedInstruments>().AddSingleton<IMigrationStep, CarryOver>().AddSingleton<IMigrationStep, LearnPlaces>();
        foreach (var ddl in new Func<string, string>[] { ChildPlaces.Ddl, LearnPlaces.Ddl, OpenAssessments.Ddl, AssessedChildren.Ddl, InstrumentTable.Ddl, PlanTables.Ddl, HandleProviders.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
        // No figure of the first minute hangs on it; an idle daemon costs by how often it looks.
        builder.AddServiceDefaults(Schema, Events, pollMilliseconds: 200);
    }

    public static void MapAssessment(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<AssessmentService>();
        app.MapGrpcService<InstrumentsService>();
        app.MapGrpcService<PlansService>();
        app.MapGrpcService<ServiceDirectoryService>();
        app.MapObligations();
    }

    private static string File(WebApplicationBuilder builder, string setting) =>
        builder.Configuration[setting] ?? throw new InvalidOperationException($"{setting} is missing.");
}
