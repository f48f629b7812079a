using Grpc.Core;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Reports;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>A client that runs wild is told to wait; an emergency never is.</summary>
public sealed class ReportRateTests : IDisposable
{
    private readonly ReportRate rate = new(new() { ReportsAtOnce = 3, ReportsASecond = 1 });

    [Fact]
    public void Ordinary_reports_of_one_account_are_limited_with_a_clear_answer_and_of_another_are_not()
    {
        var ordinary = Given.Report(Situation.GuardianIncapableOrFailing);
        // However slowly this runs, a thousand are more than three and one a second.
        var refused = Assert.Throws<RpcException>(() =>
        {
            for (var i = 0; i < 1000; i++)
                rate.Require("wild", ordinary);
        });
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Contains("send it again in", refused.Status.Detail, StringComparison.Ordinal);
        rate.Require("calm", ordinary);
    }

    [Fact]
    public void Emergencies_are_never_dropped()
    {
        for (var i = 0; i < 1000; i++)
        {
            rate.Require("wild", Given.Report(Situation.Missing));
            rate.Require("wild", Given.Report(Situation.GuardianIncapableOrFailing, danger: true));
            rate.Require("wild", Given.Report(Situation.OtherHarm) with { Category = ReportedCategory.SexualHarmUnder14 });
        }
    }

    public void Dispose() => rate.Dispose();
}
