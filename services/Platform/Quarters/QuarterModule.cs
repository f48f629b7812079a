using Grpc.Core;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Quarters;

/// <summary>The rpcs of quarters; each line hands over to the feature it belongs to.</summary>
public sealed class QuartersService(HandleSubmissions handle, ReadQuarters read, CompareQuarters compare) : V1.Quarters.QuartersBase
{
    public override Task<V1.ActedOn> ActOnSubmissions(V1.ActOnSubmissionsRequest request, ServerCallContext context) => handle.ActAsync(request, context);

    public override Task<V1.QuarterConfirmations> ConfirmQuarter(V1.ConfirmQuarterRequest request, ServerCallContext context) => handle.ConfirmAsync(request, context);

    public override Task<V1.SubmissionPage> ListSubmissions(V1.ListSubmissionsRequest request, ServerCallContext context) => read.ListAsync(request, context);

    public override Task<V1.ReportingRates> GetReportingRates(V1.GetReportingRatesRequest request, ServerCallContext context) => read.RatesAsync(request, context);

    public override Task<V1.Amendments> ListAmendments(V1.ListAmendmentsRequest request, ServerCallContext context) => read.AmendmentsAsync(request, context);

    public override Task<V1.Trend> GetTrend(V1.GetTrendRequest request, ServerCallContext context) => compare.TrendAsync(request, context);

    public override Task<V1.Flows> GetFlows(V1.GetFlowsRequest request, ServerCallContext context) => compare.FlowsAsync(request, context);
}

/// <summary>Quarters as part of Platform: cut, followed by late facts, submitted, compared.</summary>
public static class QuarterModule
{
    public static IServiceCollection AddQuarters(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => WorkCalendar.Load(configuration["Calendar:File"] ?? throw new InvalidOperationException("Calendar:File is missing.")))
        .AddSingleton<QuarterCopies>().AddSingleton<FigureViews>().AddSingleton<HandleSubmissions>().AddSingleton<ReadQuarters>().AddSingleton<CompareQuarters>()
        .AddSingleton<CutQuarters>().AddHostedService(s => s.GetRequiredService<CutQuarters>()).AddSingleton<FollowLateFacts>().AddHostedService(s => s.GetRequiredService<FollowLateFacts>())
        .AddSingleton<ISchemaPart>(new SchemaPart(QuarterTables.Ddl));
}
