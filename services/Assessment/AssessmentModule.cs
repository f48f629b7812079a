using LeftBehind.Access;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.WorkList;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Assessment;

/// <summary>
/// Assessment (评估帮扶): stream assessment with its plan; listens to Reporting for the notice to the town, and to
/// Registry for what visits found; officers' commands; the work list of what is open; the duty assessment.finalise;
/// tells every step, and duties.
/// </summary>
public static class AssessmentModule
{
    public const string Schema = "assessment";

    public static readonly EventTypes Events = EventTypes.In(typeof(AssessmentModule).Assembly).And(ObligationEvents.Types);

    public static void AddAssessment(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => DivisionTree.Load(File(builder, "Divisions:File")));
        services.AddSingleton(_ => WorkCalendar.Load(File(builder, "Calendar:File")));
        services.AddSingleton<HandleAssessments>().AddSingleton<ListOpenAssessments>();
        services.AddObligations(FieldGroup.AssessmentPlan);
        services.AddRelay<AssessmentRelay>(Obligation.StreamType);
        services.AddLane<OpenAssessmentWhenTownNotified>();
        services.AddLane<OpenAssessmentWhenAbnormalSituationReported>();
        services.AddSingleton<ISchemaPart>(new SchemaPart(OpenAssessments.Ddl));
        // No figure of the first minute hangs on it; an idle daemon costs by how often it looks.
        builder.AddServiceDefaults(Schema, Events, pollMilliseconds: 200);
    }

    public static void MapAssessment(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<AssessmentService>();
        app.MapObligations();
    }

    private static string File(WebApplicationBuilder builder, string setting) =>
        builder.Configuration[setting] ?? throw new InvalidOperationException($"{setting} is missing.");
}
