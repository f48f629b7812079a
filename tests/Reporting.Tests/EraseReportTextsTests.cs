using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Reports;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>The words of reports go with the personal data of their child; that they were made stays.</summary>
public class EraseReportTextsTests
{
    [Fact]
    public void The_texts_go_once_and_the_report_stays()
    {
        var report = Given.Received(Situation.Missing);
        var erased = Given.After(report, r => EraseReportTexts.Decide(r, Given.Now));

        Assert.Equal(report with { TextsErased = true, Version = erased.Version }, erased);
        Assert.Empty(EraseReportTexts.Decide(erased, Given.Now));
    }

    [Fact]
    public void A_report_made_after_the_erasure_is_told_anew() =>
        Assert.Empty(EraseReportTexts.Decide(Given.Received(Situation.Missing), Given.Now.AddMinutes(-1)));

    [Fact]
    public void A_report_that_was_never_made_has_no_texts() => Assert.Empty(EraseReportTexts.Decide(new(Guid.NewGuid()), Given.Now));
}
