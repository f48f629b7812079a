using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

/// <summary>Delays are histograms; who is shielded is known without being named.</summary>
public sealed class ReportCellsTests
{
    private static readonly DateTimeOffset Found = DateTimeOffset.UnixEpoch;
    private static readonly ReportFacts Report = new(
        null, Sample.Village, Situation.Missing, null, ReporterKind.School, Anonymous: false, Urgency.Emergency, ReportState.Received, Found, Found, Shielded: false);

    [Theory]
    [InlineData(0, "within1h")]
    [InlineData(59, "within1h")]
    [InlineData(60, "within6h")]
    [InlineData(6 * 60, "within24h")]
    [InlineData(24 * 60, "within3d")]
    [InlineData(3 * 24 * 60, "within7d")]
    [InlineData(7 * 24 * 60, "later")]
    public void A_delay_from_the_discovery_to_the_report_is_in_one_bucket(int minutes, string bucket) =>
        Assert.Contains($"report.delay.{bucket}", Sample.Names(Sample.Of(Report with { ReportedAt = Found.AddMinutes(minutes) })));

    [Theory]
    [InlineData(null, "notDispatched")]
    [InlineData(14, "within15m")]
    [InlineData(15, "within1h")]
    [InlineData(60, "within6h")]
    [InlineData(6 * 60, "within24h")]
    [InlineData(24 * 60, "later")]
    public void A_delay_from_the_notice_to_the_dispatch_is_in_one_bucket(int? minutes, string bucket) => Assert.Contains($"response.delay.{bucket}", Sample.Names(Sample.Of(
        new ResponseFacts(Sample.Id, Sample.Village, ResponseState.DispatchRequested, Found, minutes is { } m ? Found.AddMinutes(m) : null, Shielded: false))));

    [Fact]
    public void A_report_is_counted_by_both_lists_and_an_anonymous_one_by_no_kind_of_reporter()
    {
        Assert.Equal(
            ["report.total.all", "report.situation.missing", "report.category.notCollected", "report.reporter.school", "report.urgency.emergency", "report.state.received", "report.delay.within1h"],
            Sample.Names(Sample.Of(Report)));
        var named = Sample.Names(Sample.Of(Report with { Anonymous = true, Category = ReportedCategory.MissingOrTrafficked }));
        Assert.Contains("report.reporter.anonymous", named);
        Assert.Contains("report.category.missingOrTrafficked", named);
    }

    [Fact]
    public void Whether_a_subject_is_shielded_follows_its_last_fact_and_is_not_written_of_others()
    {
        var subject = Sample.Of(Report);
        Assert.Null(subject.Shielded);
        Assert.DoesNotContain("shielded\":null", System.Text.Json.JsonSerializer.Serialize(subject, EventTypes.Json), StringComparison.OrdinalIgnoreCase);
        var joined = subject.After(new ReportRecorded(Sample.Id, Report with { Shielded = true }), new("reporting", 2, 2));
        Assert.True(joined.Shielded);
        Assert.Contains("\"shielded\":true", System.Text.Json.JsonSerializer.Serialize(joined, EventTypes.Json), StringComparison.Ordinal);
        Assert.Same(joined, joined.After(new ReportRecorded(Sample.Id, Report), new("reporting", 1, 1)));
    }

    private static readonly HotlineAppealFacts Appeal = new(
        null, Sample.Village, AppealChannel.Phone, AppealClass.Appeal, AppealState.InProgress, Found, Hops: 1, Sample.Today, null,
        [HotlineHelp.PsychologicalHelp, HotlineHelp.FamilyGuidance, HotlineHelp.PsychologicalHelp], Shielded: false);

    [Fact]
    public void An_appeal_is_counted_once_by_class_state_hops_and_what_was_given()
    {
        Assert.Equal(
            [
                "hotlineAppeal.total.all", "hotlineAppeal.class.appeal", "hotlineAppeal.state.inProgress", "hotlineAppeal.channel.phone", "hotlineAppeal.answer.pending",
                "hotlineAppeal.transferred.once", "hotlineAppeal.psychologicalHelp.several", "hotlineAppeal.familyGuidance.once", "hotlineAppeal.otherHelp.none",
            ], Sample.Names(Sample.Of(Appeal)));
        Assert.Contains("hotlineAppeal.class.notClassified", Sample.Names(Sample.Of(Appeal with { Class = null })));
    }

    [Theory]
    [InlineData(null, null, "notDue")]
    [InlineData(0, null, "pending")]
    [InlineData(-1, null, "overdue")]
    [InlineData(-1, -1, "inTime")]
    [InlineData(-2, -1, "late")]
    public void An_answer_is_overdue_from_the_day_after_its_last_one_and_counted_anew_on_that_day(int? due, int? answered, string bucket)
    {
        var appeal = Sample.Of(Appeal with { AnswerDueOn = due is { } d ? Sample.Today.AddDays(d) : null, AnsweredOn = answered is { } a ? Sample.Today.AddDays(a) : null });
        Assert.Contains($"hotlineAppeal.answer.{bucket}", Sample.Names(appeal));
        Assert.Equal(bucket is "pending" ? Sample.Today.AddDays(1) : null, LeftBehind.Platform.Figures.Cells.TurnsOn(appeal, Sample.Today));
    }
}
