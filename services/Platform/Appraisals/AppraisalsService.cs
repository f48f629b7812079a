using Grpc.Core;
using LeftBehind.EventLog;
using LeftBehind.Platform.Indicators;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Appraisals;

/// <summary>The rpcs of indicators, leagues and appraisals; each line hands over to the feature it belongs to.</summary>
public sealed class AppraisalsService(GetIndicators indicators, HandleAppraisals appraisals) : V1.Appraisals.AppraisalsBase
{
    public override Task<V1.Indicators> GetIndicators(V1.GetIndicatorsRequest request, ServerCallContext context) => indicators.AnswerAsync(request, context);

    public override Task<V1.League> GetLeague(V1.GetLeagueRequest request, ServerCallContext context) => indicators.LeagueAsync(request, context);

    public override Task<V1.DepartmentLeague> GetDepartmentLeague(V1.GetDepartmentLeagueRequest request, ServerCallContext context) => indicators.DepartmentsAsync(request, context);

    public override Task<V1.Appraisal> RecordAppraisal(V1.RecordAppraisalRequest request, ServerCallContext context) => appraisals.RecordAsync(request, context);

    public override Task<V1.Appraisal> ReportRectification(V1.ReportRectificationRequest request, ServerCallContext context) => appraisals.ReportAsync(request, context);

    public override Task<V1.Appraisal> JudgeRectification(V1.JudgeRectificationRequest request, ServerCallContext context) => appraisals.JudgeAsync(request, context);

    public override Task<V1.AppraisalPage> ListAppraisals(V1.ListAppraisalsRequest request, ServerCallContext context) => appraisals.ListAsync(request, context);
}

/// <summary>Indicators, leagues (排名) and appraisals (考核问责) as part of Platform.</summary>
public static class AppraisalModule
{
    public static IServiceCollection AddAppraisals(this IServiceCollection services) =>
        services.AddSingleton<GetIndicators>().AddSingleton<HandleAppraisals>().AddSingleton<ISchemaPart>(new SchemaPart(AppraisalTable.Ddl));
}
