using System.Text.Json;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Reporting.Accountability;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Linking;
using LeftBehind.Reporting.Placements;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Xunit;
using Told = LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Tests;

public class RelayTests
{
    private static readonly Guid Stream = Guid.NewGuid();
    private static readonly CaseFacts Open = new(Stream, Given.Child, Given.Village, Urgency.High, Shielded: false);

    private static readonly PlacementFacts Placed = new(
        Stream, Given.Child, Given.Village, PlacementGround.GuardianHarming, PlacementPlace.WelfareBody, PlacementState.Placed, Shielded: false);

    private static readonly object[] Events =
    [
        new HarmReported(Open, Situation.Missing, ReporterKind.School, "teacher", Given.Found, Given.Now, Given.Text.KeyId, Given.Text, Given.Text, null, "d"),
        new ReportLinked(Open, Guid.NewGuid(), Urgency.High), new RepeatReceived(Guid.NewGuid(), Situation.Missing, Urgency.High, null),
        new ReferredToPolice(Guid.NewGuid(), Given.Now, Given.Officer), new ReportConcluded(Guid.NewGuid()), new ResponseOpened(Open, Given.Now),
        Given.Taken(Measure.RapidSearch), Given.NotNeeded(Measure.ChildPlaced), new ParentsFoundUnreachable(Given.Now, Given.Officer),
        new TownNotified(Open, Given.Now, Given.Officer), new CountyCivilAffairsNotified(Given.Now, Given.Officer),
        new ResponseClosed(Open, Given.Now, [ResponseObligation.ParentsReprimanded], Given.Officer), new ReportTextsErased(),
        new ReportTriaged(Urgency.High, Given.Officer), new ReportSetAside(SetAsideAs.Unfounded, Given.Text, Given.Officer), new ReportUnderHandling(Guid.NewGuid()),
        new ReportStood(Given.Received(Situation.Missing).Facts), new LinksProposed([Guid.NewGuid()]), new LinkDismissed(Guid.NewGuid(), Given.Officer),
        new FailureToReportFound("第一小学", ReporterKind.School, Given.Found, Given.Text, Given.Now, Given.Officer),
        new AccountabilityRecorded("第一小学", AccountabilityMeasure.Disciplined, "教育局", "1号", Given.Now, Given.Officer),
        new ReporterCommended(CommendationForm.Praise, "公安局", null, Given.Now, Given.Officer),
        new PoliceDispatched(Given.Now, Given.Officer), new PoliceOnScene(Given.Now, Given.Officer),
        new EvidenceAdded(Guid.NewGuid(), Measure.RapidSearch, EvidenceKind.Testimony, "1号", Given.Now, Given.Text, Given.Officer),
        new SearchHandedOver(Guid.NewGuid(), Given.Village, Given.Village, Given.Now, Given.Officer), new SearchAccepted(Guid.NewGuid(), Given.Now, Given.Officer),
        new ResponseStood(Given.Opened(Given.Received(Situation.Missing)).FactsOf(Given.Received(Situation.Missing))),
        new ChildPlaced(Given.Text, "1号", Given.Text, Given.Now, "d", Given.Officer, Placed), new PlacementReviewed(Given.Now, Given.Text, Given.Officer, Placed),
        .. GivenAppeal.EveryEvent(Given.Child),
        new PlacementEnded(Given.Now, "1号", LongTermGround.GuardianDead, Given.Officer, Placed with { State = PlacementState.LongTerm }),
    ];

    [Fact]
    public void Every_event_type_has_words_or_stays_in_the_house()
    {
        Assert.Equal(ReportingModule.Events.All.Values.Except(ObligationEvents.Types.All.Values).ToHashSet(), Events.Select(e => e.GetType()).ToHashSet());
        Assert.Equal(
            [typeof(Told.HarmReported), typeof(Told.ReportLinked), typeof(Told.ResponseOpened), typeof(Told.TownNotified), typeof(Told.ResponseClosed),
                typeof(Told.ReportRecorded), typeof(Told.ResponseRecorded), .. Enumerable.Repeat(typeof(Told.PlacementRecorded), 4), typeof(Told.HotlineAppealRecorded), typeof(Told.HotlineAppealRecorded),
                .. Enumerable.Repeat(typeof(Told.PlacementRecorded), 2)],
            Events.SelectMany(Tell).Select(f => f.Fact.GetType()));
    }

    [Fact]
    public void Every_event_is_read_as_it_was_written() =>
        Assert.All(Events, e =>
        {
            var json = JsonSerializer.Serialize(e, e.GetType(), EventTypes.Json);
            var read = ReportingModule.Events.Read(ReportingModule.Events.NameOf(e), json);
            Assert.Equal(json, JsonSerializer.Serialize(read, e.GetType(), EventTypes.Json));
        });

    [Fact]
    public void Neither_reporter_nor_text_nor_account_travels() =>
        Assert.All(Events.SelectMany(Tell).Select(f => JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json)), json =>
        {
            foreach (var inside in new[] { GivenAppeal.Operator, "第一小学", "教育局", "公安局", "1号" })
                Assert.DoesNotContain(inside, json, StringComparison.Ordinal);
            Assert.DoesNotContain("teacher", json, StringComparison.Ordinal);
            Assert.DoesNotContain(Given.Officer, json, StringComparison.Ordinal);
            Assert.DoesNotContain(Given.Text.ToText(), json, StringComparison.Ordinal);
        });

    [Fact]
    public void Facts_stand_on_the_childs_timeline_unless_the_child_is_unknown_or_the_report_concerns_somebody_here()
    {
        Assert.All(Events.SelectMany(Tell).Where(f => f.Fact is not (Told.ReportRecorded or Told.ResponseRecorded or Told.PlacementRecorded or Told.HotlineAppealRecorded)), f => Assert.Equal(Given.Child, f.Subject));
        foreach (var facts in new[] { Open with { Child = null }, Open with { Shielded = true } })
            Assert.All(Tell(new TownNotified(facts, Given.Now, Given.Officer)), f => Assert.Equal(Stream, f.Subject));
    }

    [Fact]
    public void What_stands_is_told_of_itself_and_a_placement_to_the_child_too_unless_it_is_shielded()
    {
        Assert.All(Events.Where(e => e is ReportStood or ResponseStood).SelectMany(Tell), f => Assert.Equal(Stream, f.Subject));
        Assert.Equal([Stream, Given.Child], Tell(new PlacementReviewed(Given.Now, Given.Text, Given.Officer, Placed)).Select(f => f.Subject));
        foreach (var facts in new[] { Placed with { Shielded = true }, Placed with { ChildId = null } })
            Assert.Equal([Stream], Tell(new PlacementReviewed(Given.Now, Given.Text, Given.Officer, facts)).Select(f => f.Subject));
    }

    [Fact]
    public void An_appeal_is_told_of_itself_and_to_the_child_unless_it_is_shielded()
    {
        var facts = GivenAppeal.Received(child: Given.Child).Facts;
        Assert.Equal([Stream, Given.Child], Tell(new AppealStood(facts)).Select(f => f.Subject));
        foreach (var hidden in new[] { facts with { Shielded = true }, facts with { ChildId = null } })
            Assert.Equal([Stream], Tell(new AppealStood(hidden)).Select(f => f.Subject));
    }

    [Fact]
    public void A_report_on_an_organisation_shields_its_case_from_then_on()
    {
        var concerned = new Concerned("school-7", null);
        var open = Given.Received(Situation.OtherHarm);
        var joined = Given.After(open, r => ReportHarm.Join(Given.Report(Situation.OtherHarm, concerned: concerned), Guid.NewGuid(), r));

        Assert.True(joined.Case.Shielded);
        Assert.Contains(joined.Concerns, c => c.Is("somebody", "school-7"));
        Assert.DoesNotContain(joined.Concerns, c => c.Is("somebody", null));
    }

    private static IEnumerable<RelayedFact> Tell(object e) =>
        new ReportingRelay().Translate(new(1, Guid.NewGuid(), Stream, 1, e, new(Given.Now, new(2026, 3, 2))));
}
