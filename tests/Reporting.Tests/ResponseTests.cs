using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Xunit;

namespace LeftBehind.Reporting.Tests;

public class ResponseTests
{
    private static readonly Measure[] All = Enum.GetValues<Measure>();

    /// <summary>The rows of the matrix as the policy has them; alternatives are separated by "|".</summary>
    public static TheoryData<Situation, bool, string> Rows() => new()
    {
        { Situation.LivingAlone, false, "ParentsOrderedBack|CarerNamed ParentsReprimanded" },
        { Situation.LivingAlone, true, "TemporaryCareByRelative|TemporaryCareByVillageCommittee|TemporaryCareByReliefOrWelfareBody ParentsNotificationAssisted" },
        { Situation.GuardianIncapableOrFailing, false, "ParentsContactedToReturn|RelativesTookOver" },
        { Situation.GuardianIncapableOrFailing, true, "TemporaryCareByRelative|TemporaryCareByVillageCommittee|TemporaryCareByReliefOrWelfareBody ParentsNotificationAssisted" },
        { Situation.Missing, false, "RapidSearch" },
        { Situation.DomesticViolence, false, "ViolenceStopped CivilAffairsNotifiedForPlacement ChildPlaced CaseFiled|CaseNotFiled" },
        { Situation.OtherHarm, false, "HarmStopped ChildProtected" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_response_closes_with_everything_and_with_nothing_missing_but_one_does_not(Situation situation, bool unreachable, string row)
    {
        var report = Given.Received(situation);
        var required = (row + " EvidenceTaken MedicalCareHelped InjuryExaminationHelped").Split(' ')
            .Select(alternatives => alternatives.Split('|').Select(Enum.Parse<Measure>).ToArray()).ToList();
        Response With(params IEnumerable<Measure> measures)
        {
            var response = Given.Settled(report, measures);
            return unreachable ? response.With(new ParentsFoundUnreachable(Given.Now, Given.Officer)) : response;
        }

        foreach (var alternative in required.SelectMany(r => r))
            Assert.IsType<ResponseClosed>(Assert.Single(Close(With(required.Select(r => r.Contains(alternative) ? alternative : r[0])), report)));
        foreach (var left in required)
        {
            var without = With(required.Where(r => r != left).Select(r => r[0]));
            var missing = Assert.Single(CloseResponse.Missing(without, report));
            Assert.Equal($"The response cannot close; missing: {missing}.", Refusal(without, report));
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Measures_of_other_rows_stand_in_for_nothing(Situation situation, bool unreachable, string row)
    {
        var report = Given.Received(situation);
        var required = row.Replace('|', ' ').Split(' ').Select(Enum.Parse<Measure>);
        var response = Given.Settled(report, All.Except(required));
        if (unreachable)
            response = response.With(new ParentsFoundUnreachable(Given.Now, Given.Officer));

        Assert.Equal(row.Split(' ').Length, CloseResponse.Missing(response, report).Count());
    }

    [Fact]
    public void A_response_does_not_close_before_the_town_and_county_civil_affairs_are_notified()
    {
        var report = Given.Received(Situation.Missing);
        var settled = Given.Opened(report).With([.. All.Select(Given.Taken)]);

        Assert.Equal("The response cannot close; missing: the town notified; county civil affairs notified.", Refusal(settled, report));
        Assert.Equal("The response cannot close; missing: county civil affairs notified.",
            Refusal(settled.With(new TownNotified(report.Case, Given.Now, Given.Officer)), report));
        Assert.Equal("The response cannot close; missing: the town notified.",
            Refusal(settled.With(new CountyCivilAffairsNotified(Given.Now, Given.Officer)), report));
    }

    [Fact]
    public void Living_alone_closes_without_the_parents_when_they_are_unreachable_and_leaves_two_obligations()
    {
        var report = Given.Received(Situation.LivingAlone);
        var response = Given.Settled(report, Measure.TemporaryCareByRelative, Measure.ParentsNotificationAssisted, Measure.EvidenceTaken,
            Measure.MedicalCareHelped, Measure.InjuryExaminationHelped).With(new ParentsFoundUnreachable(Given.Now, Given.Officer));

        var closed = Assert.IsType<ResponseClosed>(Assert.Single(Close(response, report)));

        Assert.Equal([ResponseObligation.ParentsReturnOrCarerNamed, ResponseObligation.ParentsReprimanded], closed.OpenObligations);
    }

    [Fact]
    public void After_closing_only_an_open_obligation_is_still_recorded()
    {
        var report = Given.Received(Situation.LivingAlone);
        var closed = Given.Settled(report).With(new ParentsFoundUnreachable(Given.Now, Given.Officer), new ResponseClosed(report.Case, Given.Now, [], Given.Officer));

        var reprimanded = closed.With([.. TakeMeasure.Decide(Given.Taken(Measure.ParentsReprimanded), closed, report, Given.Now)]);
        Assert.Single(CloseResponse.OpenObligations(reprimanded, report));
        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.Taken(Measure.RapidSearch), closed, report, Given.Now));
        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.NotNeeded(Measure.EvidenceTaken), closed, report));
    }

    [Fact]
    public void What_a_further_report_found_is_required_too()
    {
        var report = Given.Received(Situation.LivingAlone, Situation.DomesticViolence);
        var response = Given.Settled(report, Measure.CarerNamed, Measure.ParentsReprimanded, Measure.EvidenceTaken, Measure.MedicalCareHelped, Measure.InjuryExaminationHelped);

        Assert.Equal(4, CloseResponse.Missing(response, report).Count());
    }

    [Fact]
    public void A_measure_may_be_not_needed_but_the_filing_decision_is_recorded_either_way()
    {
        var report = Given.Received(Situation.DomesticViolence);
        var measures = All.Except([Measure.CaseFiled, Measure.CaseNotFiled]).ToList();
        var response = Given.Settled(report).With([.. measures.Select(Given.NotNeeded)]);

        Assert.Equal(["the filing decision, either way"], CloseResponse.Missing(response, report));
        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.NotNeeded(Measure.CaseFiled), response, report));
        Assert.Empty(CloseResponse.Missing(response.With(Given.NotNeeded(Measure.ChildPlaced), Given.Taken(Measure.CaseNotFiled)), report));
    }

    [Fact]
    public void One_alternative_not_needed_does_not_stand_for_the_other()
    {
        var report = Given.Received(Situation.GuardianIncapableOrFailing);
        var response = Given.Settled(report, Measure.EvidenceTaken, Measure.MedicalCareHelped, Measure.InjuryExaminationHelped)
            .With(Given.NotNeeded(Measure.RelativesTookOver));

        Assert.Single(CloseResponse.Missing(response, report));
        Assert.Empty(CloseResponse.Missing(response.With(Given.NotNeeded(Measure.ParentsContactedToReturn)), report));
    }

    [Fact]
    public void A_measure_that_was_taken_cannot_become_not_needed_and_a_repeat_changes_nothing()
    {
        var report = Given.Received(Situation.Missing);
        var response = Given.Opened(report).With(Given.Taken(Measure.RapidSearch));

        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.NotNeeded(Measure.RapidSearch), response, report));
        Assert.Empty(TakeMeasure.Decide(Given.Taken(Measure.RapidSearch), response, report, Given.Now));
        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.Taken(Measure.RapidSearch) with { Organ = "other" }, response, report, Given.Now));
    }

    [Fact]
    public void A_measure_lies_between_the_discovery_and_now()
    {
        var report = Given.Received(Situation.Missing);
        var response = Given.Opened(report);

        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.Taken(Measure.RapidSearch) with { At = Given.Now.AddMinutes(1) }, response, report, Given.Now));
        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.Taken(Measure.RapidSearch) with { At = Given.Found.AddMinutes(-1) }, response, report, Given.Now));
    }

    [Fact]
    public void A_measure_follows_the_dispatch()
    {
        var report = Given.Received(Situation.Missing);
        var requested = Given.Requested(report);
        var late = requested.With(new PoliceDispatched(Given.Now.AddMinutes(-5), Given.Officer));

        Assert.Contains("sent out", Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.Taken(Measure.RapidSearch), requested, report, Given.Now)).Message, StringComparison.Ordinal);
        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.NotNeeded(Measure.EvidenceTaken), requested, report));
        Assert.Throws<RejectedException>(() => TakeMeasure.Decide(Given.Taken(Measure.RapidSearch) with { At = Given.Now.AddMinutes(-6) }, late, report, Given.Now));
        Assert.Single(TakeMeasure.Decide(Given.Taken(Measure.RapidSearch) with { At = Given.Now.AddMinutes(-5) }, late, report, Given.Now));
    }

    [Fact]
    public void Notices_are_given_once_and_a_repeat_changes_nothing()
    {
        var report = Given.Received(Situation.Missing);
        var notice = new Notice(Given.Now, Given.Officer);
        var informed = Given.Settled(report);

        Assert.Single(Notify.Town(notice, Given.Opened(report), report, Given.Now));
        Assert.Single(Notify.CountyCivilAffairs(notice, Given.Opened(report), report, Given.Now));
        Assert.Empty(Notify.Town(notice, informed, report, Given.Now));
        Assert.Empty(Notify.CountyCivilAffairs(notice, informed, report, Given.Now));
        Assert.Throws<RejectedException>(() => Notify.Town(notice with { At = Given.Found }, informed, report, Given.Now));
        Assert.Throws<RejectedException>(() => Notify.Town(notice with { At = Given.Now.AddMinutes(1) }, Given.Opened(report), report, Given.Now));
    }

    [Fact]
    public void Parents_are_unreachable_only_where_something_is_asked_of_them_and_before_closing()
    {
        var (alone, missing) = (Given.Received(Situation.LivingAlone), Given.Received(Situation.Missing));
        var notice = new Notice(Given.Now, Given.Officer);
        var closed = Given.Opened(alone).With(new ResponseClosed(alone.Case, Given.Now, [], Given.Officer));

        Assert.Single(FindParentsUnreachable.Decide(notice, Given.Opened(alone), alone, Given.Now));
        Assert.Throws<RejectedException>(() => FindParentsUnreachable.Decide(notice, Given.Opened(missing), missing, Given.Now));
        Assert.Throws<RejectedException>(() => FindParentsUnreachable.Decide(notice, closed, alone, Given.Now));
    }

    [Fact]
    public void Closing_again_changes_nothing()
    {
        var report = Given.Received(Situation.Missing);

        Assert.Empty(Close(Given.Opened(report).With(new ResponseClosed(report.Case, Given.Now, [], Given.Officer)), report));
    }

    private static IEnumerable<object> Close(Response response, Report report) => CloseResponse.Decide(new(Given.Officer), response, report, Given.Now);

    private static string Refusal(Response response, Report report) => Assert.Throws<RejectedException>(() => Close(response, report)).Message;
}
