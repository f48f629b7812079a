using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>Dispatch, evidence, and the search for a missing child that goes from division to division.</summary>
public class SearchAndEvidenceTests
{
    private static readonly DivisionId County = DivisionId.Parse("431003@2023"), Next = DivisionId.Parse("431002@2023"), Elsewhere = DivisionId.Parse("44@2023");
    private static readonly Report Missing = Given.Received(Situation.Missing);
    private static readonly Notice Now = new(Given.Now, Given.Officer);

    [Fact]
    public void A_response_goes_through_its_states()
    {
        var response = Given.Requested(Missing);
        Assert.Equal(ResponseState.DispatchRequested, response.State);
        response = response.With([.. RecordDispatch.Decide(Now, response, Missing, Given.Now)]);
        Assert.Equal(ResponseState.OnScene, response.State);
        response = response.With(Given.Taken(Measure.RapidSearch));
        Assert.Equal(ResponseState.MeasuresTaken, response.State);
        response = response.With(new TownNotified(Missing.Case, Given.Now, Given.Officer), new CountyCivilAffairsNotified(Given.Now, Given.Officer));
        Assert.Equal(ResponseState.HandedOver, response.State);
        Assert.Equal(ResponseState.Closed, response.With(new ResponseClosed(Missing.Case, Given.Now, [], Given.Officer)).FactsOf(Missing).State);
    }

    [Fact]
    public void The_police_are_sent_out_after_they_were_told_and_arrive_after_that()
    {
        var requested = Given.Requested(Missing);
        Assert.Throws<RejectedException>(() => RecordDispatch.Decide(Now with { At = Given.Found.AddMinutes(-1) }, requested, Missing, Given.Now));
        Assert.Throws<RejectedException>(() => RecordDispatch.Decide(Now with { At = Given.Now.AddMinutes(1) }, requested, Missing, Given.Now));
        Assert.Throws<RejectedException>(() => RecordOnScene.Decide(Now, requested, Missing, Given.Now));
        var dispatched = requested.With(new PoliceDispatched(Given.Now.AddMinutes(-5), Given.Officer));
        Assert.Empty(RecordDispatch.Decide(Now with { At = Given.Now.AddMinutes(-5) }, dispatched, Missing, Given.Now));
        Assert.Throws<RejectedException>(() => RecordDispatch.Decide(Now, dispatched, Missing, Given.Now));
        Assert.Throws<RejectedException>(() => RecordOnScene.Decide(Now with { At = Given.Now.AddMinutes(-6) }, dispatched, Missing, Given.Now));
        var there = dispatched.With([.. RecordOnScene.Decide(Now, dispatched, Missing, Given.Now)]);
        Assert.Empty(RecordOnScene.Decide(Now, there, Missing, Given.Now));
        Assert.Throws<RejectedException>(() => RecordOnScene.Decide(Now with { At = Given.Now.AddMinutes(-1) }, there, Missing, Given.Now));
    }

    [Fact]
    public void Evidence_belongs_to_a_measure_that_was_taken_and_is_added_once()
    {
        var response = Given.Opened(Missing).With(Given.Taken(Measure.EvidenceTaken), Given.NotNeeded(Measure.MedicalCareHelped));
        var evidence = new EvidenceAdded(Guid.NewGuid(), Measure.EvidenceTaken, EvidenceKind.Testimony, "笔录1号", Given.Now, Given.Text, Given.Officer);
        var proved = response.With([.. AddEvidence.Decide(evidence, response, Missing, Given.Now)]);

        Assert.Equal(evidence, Assert.Single(proved.Evidence));
        Assert.Empty(AddEvidence.Decide(evidence with { By = "another" }, proved, Missing, Given.Now));
        foreach (var wrong in new[]
        {
            evidence with { Kind = EvidenceKind.Physical }, evidence with { Evidence = Guid.NewGuid(), Measure = Measure.RapidSearch },
            evidence with { Evidence = Guid.NewGuid(), Measure = Measure.MedicalCareHelped }, evidence with { Evidence = Guid.NewGuid(), At = Given.Now.AddMinutes(1) },
        })
            Assert.Throws<RejectedException>(() => AddEvidence.Decide(wrong, proved, Missing, Given.Now));
    }

    [Fact]
    public void A_search_goes_from_division_to_division_each_accepting_before_the_next()
    {
        var response = Given.Opened(Missing);
        response = response.With([.. HandOverSearch.Decide(To(Next), response, Missing, Given.Now)]);
        var first = Assert.Single(response.Search);
        Assert.Equal((County, Next, (DateTimeOffset?)null), (first.From, first.To, first.AcceptedAt));
        Assert.Empty(HandOverSearch.Decide(To(Next), response, Missing, Given.Now));
        Assert.Throws<RejectedException>(() => HandOverSearch.Decide(To(Elsewhere), response, Missing, Given.Now));

        response = response.With([.. AcceptSearch.Decide(first, Now, Given.Now)]);
        Assert.Equal(Given.Now, response.Search[0].AcceptedAt);
        Assert.Empty(AcceptSearch.Decide(response.Search[0], Now, Given.Now));
        Assert.Throws<RejectedException>(() => AcceptSearch.Decide(response.Search[0], Now with { At = Given.Now.AddMinutes(-1) }, Given.Now));
        response = response.With([.. HandOverSearch.Decide(To(Elsewhere), response, Missing, Given.Now)]);
        Assert.Equal((Next, Elsewhere), (response.Search[1].From, response.Search[1].To));
    }

    [Fact]
    public void Only_a_missing_child_is_searched_for_by_somebody_who_was_sent_out()
    {
        var opened = Given.Opened(Missing);
        foreach (var (response, report, command) in new[]
        {
            (Given.Opened(Given.Received(Situation.OtherHarm)), Given.Received(Situation.OtherHarm), To(Next)), (Given.Requested(Missing), Missing, To(Next)),
            (opened.With(new ResponseClosed(Missing.Case, Given.Now, [], Given.Officer)), Missing, To(Next)), (opened, Missing, To(County)),
            (opened, Missing, To(Next) with { At = Given.Now.AddMinutes(1) }), (opened, Missing, To(Next) with { At = Given.Found.AddMinutes(-1) }),
        })
            Assert.Throws<RejectedException>(() => HandOverSearch.Decide(command, response, report, Given.Now));
        foreach (var at in new[] { Given.Now.AddMinutes(-1), Given.Now.AddMinutes(1) })
            Assert.Throws<RejectedException>(() => AcceptSearch.Decide(new(Guid.NewGuid(), County, Next, Given.Now, null), Now with { At = at }, Given.Now));
    }

    private static HandOverSearch To(DivisionId division) => new(Guid.NewGuid(), County, division, Given.Now, Given.Officer);
}
