using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using LeftBehind.Sealing;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Reporting;

/// <summary>
/// Reporting (强制报告 / 应急处置): streams report and response; officers' commands; listens to registry for what is erased; tells that harm was
/// reported, a response opened and closed, the town informed.
/// </summary>
public static class ReportingModule
{
    public const string Schema = "reporting";

    public static readonly EventTypes Events = EventTypes.In(typeof(ReportingModule).Assembly);

    public static void AddReporting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        services.AddSealing(builder.Configuration, Schema);
        services.AddSingleton<ReceiveReports>().AddSingleton<ReferReports>().AddSingleton<HandleResponses>().AddSingleton<TakeMeasures>().AddSingleton<GetReport>();
        services.AddRelay<ReportingRelay>();
        services.AddLane<EraseReportTexts>();
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
    }
}
