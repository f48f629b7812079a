using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using Xunit;

namespace LeftBehind.Reporting.Tests;

public class ReportTests
{
    [Fact]
    public void A_first_report_opens_a_case()
    {
        var events = ReportHarm.Decide(Given.Report(Situation.LivingAlone), new(Guid.NewGuid()), null, Given.Now).ToList();

        var received = Assert.IsType<HarmReported>(Assert.Single(events));
        Assert.Equal((Urgency.High, Given.Found, Given.Now), (received.Case.Urgency, received.DiscoveredAt, received.ReportedAt));
    }

    [Fact]
    public void Three_reports_on_one_child_are_one_case_that_keeps_all_of_them()
    {
        var open = Given.Received(Situation.LivingAlone);
        foreach (var situation in new[] { Situation.GuardianIncapableOrFailing, Situation.LivingAlone })
        {
            var further = ReportHarm.Decide(Given.Report(situation), new(Guid.NewGuid()), open, Given.Now).ToList();
            Assert.Equal([typeof(HarmReported), typeof(ReportLinked)], further.Select(e => e.GetType()));
            Assert.Equal(open.Id, ((ReportLinked)further[1]).Case);
            open = Given.After(open, r => ReportHarm.Join(Given.Report(situation), Guid.NewGuid(), r));
        }

        Assert.Equal(2, open.Joined.Count);
        Assert.Equal([Situation.LivingAlone, Situation.GuardianIncapableOrFailing], open.Situations);
    }

    [Fact]
    public void Urgency_is_raised_by_a_further_report_and_never_lowered()
    {
        foreach (var first in Enum.GetValues<Situation>())
            foreach (var second in Enum.GetValues<Situation>())
                foreach (var danger in new[] { false, true })
                {
                    var open = Given.Received(first);
                    var joined = Given.After(open, r => ReportHarm.Join(Given.Report(second, danger), Guid.NewGuid(), r));
                    Assert.True(joined.Case.Urgency >= open.Case.Urgency);
                    Assert.True(joined.Case.Urgency >= Triage.Of(second, danger));
                }
    }

    [Fact]
    public void A_report_of_a_child_whose_case_was_concluded_opens_a_new_one()
    {
        var concluded = Given.Received(Situation.Missing).After(new ReportConcluded(Guid.NewGuid()));

        Assert.IsType<HarmReported>(Assert.Single(ReportHarm.Decide(Given.Report(Situation.Missing), new(Guid.NewGuid()), concluded, Given.Now)));
    }

    [Fact]
    public void The_same_request_again_reports_nothing_new_and_with_another_content_is_refused()
    {
        var report = Given.Received(Situation.Missing);

        Assert.Empty(ReportHarm.Decide(Given.Report(Situation.Missing), report, report, Given.Now));
        Assert.Throws<RejectedException>(() => ReportHarm.Decide(Given.Report(Situation.Missing, digest: "other"), report, null, Given.Now));
    }

    [Fact]
    public void A_discovery_in_the_future_is_refused() =>
        Assert.Throws<RejectedException>(() =>
            ReportHarm.Decide(Given.Report(Situation.Missing) with { DiscoveredAt = Given.Now.AddMinutes(1) }, new(Guid.NewGuid()), null, Given.Now));

    [Fact]
    public void A_report_is_referred_once_and_a_repeat_changes_nothing()
    {
        var report = Given.Received(Situation.Missing);
        var refer = new ReferToPolice(Guid.NewGuid(), Given.Now, Given.Officer);
        var referred = Given.After(report, r => ReferToPolice.Decide(refer, r, Given.Now));

        Assert.Equal(refer.Response, referred.Response);
        Assert.Empty(ReferToPolice.Decide(refer, referred, Given.Now));
        Assert.Throws<RejectedException>(() => ReferToPolice.Decide(refer with { At = Given.Found }, referred, Given.Now));
    }

    [Fact]
    public void The_police_learn_of_it_after_the_discovery_and_not_in_the_future()
    {
        var report = Given.Received(Situation.Missing);

        Assert.Throws<RejectedException>(() => ReferToPolice.Decide(new(Guid.NewGuid(), Given.Found.AddMinutes(-1), Given.Officer), report, Given.Now));
        Assert.Throws<RejectedException>(() => ReferToPolice.Decide(new(Guid.NewGuid(), Given.Now.AddMinutes(1), Given.Officer), report, Given.Now));
    }

    [Fact]
    public void A_report_that_joined_a_case_is_not_referred_by_itself()
    {
        var open = Given.Received(Situation.Missing);
        var joined = Given.After(new(Guid.NewGuid()), r => ReportHarm.Decide(Given.Report(Situation.Missing), r, open, Given.Now));

        Assert.Throws<RejectedException>(() => ReferToPolice.Decide(new(Guid.NewGuid(), Given.Now, Given.Officer), joined, Given.Now));
    }
}
