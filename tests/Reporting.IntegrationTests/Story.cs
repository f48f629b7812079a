using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>What the tests of this service tell it, with times a while ago, so that nothing lies in the future.</summary>
internal sealed class Story(RunningReports reports)
{
    public static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-3).ToUnixTimeSeconds());

    public MandatoryReports.MandatoryReportsClient People { get; } = new(reports.Channel);

    public EmergencyResponses.EmergencyResponsesClient Responses { get; } = new(reports.Channel);

    public Protos.Reporting.V1.Placements.PlacementsClient Placements { get; } = new(reports.Channel);

    public CallOptions Police => reports.As(Department.Police);

    public CallOptions Bureau => reports.As(Department.CivilAffairs);

    public CallOptions PoliceElsewhere => reports.As(Department.Police, Places.NextCounty);

    public static string At(int minute) => Start.AddMinutes(minute).ToString("O");

    public static ReportHarmRequest Harm(Situation situation, Guid? child = null, string village = Places.Village) => new()
    {
        RequestId = $"{Guid.NewGuid()}", ReporterKind = ReporterKind.Citizen, Situation = situation, DivisionCode = village, DiscoveredAt = At(0), ChildId = child?.ToString() ?? "",
        Description = "门口听到哭声", ReporterName = "陈某", ReporterPhone = "13900002222",
    };

    public async Task<string> ReportAsync(ReportHarmRequest harm, CallOptions? by = null) => (await reports.Client.ReportHarmAsync(harm, by ?? Bureau)).ReportId;

    public async Task<Report> ReadAsync(string report, string purpose = "", CallOptions? by = null) =>
        await reports.Client.GetReportAsync(new() { ReportId = report, Purpose = purpose }, by ?? Police);

    /// <summary>Referred and sent out.</summary>
    public async Task<string> RespondAsync(string report)
    {
        var response = (await reports.Client.ReferToPoliceAsync(new() { ReportId = report, At = At(10) }, Bureau)).ResponseId;
        await Responses.RecordDispatchAsync(new() { ResponseId = response, At = At(12) }, Police);
        return response;
    }

    public async Task TakeAsync(string response, params Measure[] measures)
    {
        foreach (var measure in measures)
            await reports.Client.TakeMeasureAsync(new() { ResponseId = response, Measure = measure, Taken = new() { At = At(20), Organ = "苏仙公安分局" } }, Police);
    }

    public static async Task<string> RefusedAsync<T>(StatusCode expected, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.True(expected == refused.StatusCode, $"{refused.Status}");
        return refused.Status.Detail;
    }
}
