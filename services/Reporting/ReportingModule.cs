using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using LeftBehind.Sealing;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Reporting;

/// <summary>
/// Reporting (强制报告 / 应急处置): streams report and response; officers' commands; listens to registry for children whom
/// nobody cares for and for what is erased, and to education for pupils who are suspected missing; tells that harm was reported, a response opened and closed, the town informed, and
/// what stays to be done after a response, as duties.
/// </summary>
public static class ReportingModule
{
    public const string Schema = "reporting";

    public static readonly EventTypes Events = EventTypes.In(typeof(ReportingModule).Assembly).And(ObligationEvents.Types);

    public static void AddReporting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        services.AddSingleton(_ => WorkCalendar.Load(builder.Configuration["Calendar:File"] ?? throw new InvalidOperationException("Calendar:File is missing.")));
        services.AddSealing(builder.Configuration, Schema);
        services.AddSingleton<ReceiveReports>().AddSingleton<ReferReports>().AddSingleton<HandleResponses>().AddSingleton<TakeMeasures>().AddSingleton<GetReport>();
        services.AddSingleton<ResponseDuties>().AddObligations(FieldGroup.ReportResponse);
        services.AddRelay<ReportingRelay>(Obligation.StreamType);
        services.AddLane<ReportUnattendedChildren, EraseReportTexts>();
        services.AddLane<ReportMissingChildren>();
        services.AddSingleton<IMigrationStep, ReportsOfChild>();
        foreach (var ddl in new Func<string, string>[] { PersonKeyTable.Ddl, OpenCases.Ddl, ReportsOfChild.Ddl, GetReport.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
        // No figure of the first minute hangs on it; an idle daemon costs by how often it looks.
        builder.AddServiceDefaults(Schema, Events, pollMilliseconds: 200);
    }

    public static void MapReporting(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<ReportingService>();
        app.MapObligations();
    }
}
