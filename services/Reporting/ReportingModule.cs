using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.ReadLog;
using LeftBehind.Reporting.Accountability;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Linking;
using LeftBehind.Reporting.Live;
using LeftBehind.Reporting.Placements;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using LeftBehind.Sealing;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Reporting;

/// <summary>
/// Reporting (强制报告 / 应急处置 / 临时监护 / 12355): streams report, response, placement, appeal and hotline operator; officers' commands; listens to registry for children
/// whom nobody cares for, for households and for what is erased, and to education for pupils who are suspected missing and children whom a school refused; tells where each report, response, placement and appeal stands, what happens in a case, and
/// duties: referToPolice, dispatch, holdAccountable, reviewPlacement, classifyAppeal, answerAppeal, followUpAppeal, and what stays to be done after a response.
/// </summary>
public static class ReportingModule
{
    public const string Schema = "reporting";

    public static readonly EventTypes Events = EventTypes.In(typeof(ReportingModule).Assembly).And(ObligationEvents.Types);

    public static void AddReporting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDivisionCopy(Schema).AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        services.AddSingleton(_ => WorkCalendar.Load(builder.Configuration["Calendar:File"] ?? throw new InvalidOperationException("Calendar:File is missing.")));
        services.AddSealing(builder.Configuration, Schema);
        services.AddSingleton(builder.Configuration.GetSection("Reporting").Get<ReportingRules>() ?? new ReportingRules());
        services.AddSingleton<ReceiveReports>().AddSingleton<ReportRate>().AddSingleton<ReferReports>().AddSingleton<GetReport>().AddSingleton<ReportAnswer>().AddSingleton<SealedWords>();
        services.AddSingleton<HandleReports>().AddSingleton<ListReports>().AddSingleton<LinkReports>().AddSingleton<JoinCasesOfHouseholds>().AddSingleton<HandleAccountability>();
        services.AddSingleton<HandleResponses>().AddSingleton<TakeMeasures>().AddSingleton<AddEvidences>().AddSingleton<HandOverSearches>().AddSingleton<ResponseAnswer>();
        services.AddSingleton<HandlePlacements>().AddSingleton<GetPlacement>().AddSingleton<PlacementAnswer>();
        services.AddSingleton<ResponseDuties>().AddSingleton<CaseDuties>().AddSingleton<AccountabilityDuties>().AddSingleton<PlacementDuties>();
        services.AddSingleton<ReceiveAppeals>().AddSingleton<ClassifyAppeals>().AddSingleton<HandleAppeals>().AddSingleton<AppealAnswer>().AddSingleton<GetAppeal>();
        services.AddSingleton<FollowLog>().AddSingleton<WatchLog>().AddSingleton<ListAppeals>().AddSingleton<HandleOperators>().AddSingleton<AppealDuties>();
        services.AddSingleton<HideFromConcerned>().AddSingleton<IHidesReads, ReportReads>().AddReadLog(ReportReads.Former);
        services.AddSingleton<IHidesObligations>(s => s.GetRequiredService<HideFromConcerned>()).AddObligations(FieldGroup.ReportResponse, HideFromConcerned.MayOwe);
        services.AddRelay<ReportingRelay>(Report.StreamType, Response.StreamType, Placement.StreamType, Appeal.StreamType, Obligation.StreamType);
        services.AddLane(s => new InTurn(
            ActivatorUtilities.CreateInstance<FollowHouseholds>(s), ActivatorUtilities.CreateInstance<ReportUnattendedChildren>(s), ActivatorUtilities.CreateInstance<EraseReportTexts>(s), ActivatorUtilities.CreateInstance<EraseAppealTexts>(s)));
        services.AddLane(s => new InTurn(ActivatorUtilities.CreateInstance<ReportMissingChildren>(s), ActivatorUtilities.CreateInstance<ReportRefusedAdmissions>(s)));
        services.AddSingleton<IMigrationStep, ReportsOfChild>().AddSingleton<IMigrationStep, BeginStandings>();
        foreach (var ddl in new Func<string, string>[] { PersonKeyTable.Ddl, OpenCases.Ddl, OpenReports.Ddl, ReportsOfChild.Ddl, LastingPlacements.Ddl, OpenAppeals.Ddl, OperatorRows.Ddl, Households.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
        // No figure of the first minute hangs on it; an idle daemon costs by how often it looks.
        builder.AddServiceDefaults(Schema, Events, pollMilliseconds: 200);
    }

    public static void MapReporting(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<ReportingService>();
        app.MapGrpcService<MandatoryReportsService>();
        app.MapGrpcService<EmergencyResponsesService>();
        app.MapGrpcService<PlacementsService>();
        app.MapGrpcService<LiveReportsService>();
        app.MapGrpcService<HotlineService>();
        app.MapObligations();
        app.MapReadLog();
    }
}
