using System.Text.Json;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Xunit;
using Told = LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Tests;

public class RelayTests
{
    private static readonly Guid Stream = Guid.NewGuid();
    private static readonly CaseFacts Open = new(Stream, Given.Child, Given.Village, Urgency.High, Shielded: false);

    private static readonly object[] Events =
    [
        new HarmReported(Open, Situation.Missing, ReporterKind.School, "teacher", Given.Found, Given.Now, Given.Text.KeyId, Given.Text, Given.Text, null, "d"),
        new ReportLinked(Open, Guid.NewGuid(), Urgency.High), new RepeatReceived(Guid.NewGuid(), Situation.Missing, Urgency.High, null),
        new ReferredToPolice(Guid.NewGuid(), Given.Now, Given.Officer), new ReportConcluded(Guid.NewGuid()), new ResponseOpened(Open, Given.Now),
        Given.Taken(Measure.RapidSearch), Given.NotNeeded(Measure.ChildPlaced), new ParentsFoundUnreachable(Given.Now, Given.Officer),
        new TownNotified(Open, Given.Now, Given.Officer), new CountyCivilAffairsNotified(Given.Now, Given.Officer),
        new ResponseClosed(Open, Given.Now, [ResponseObligation.ParentsReprimanded], Given.Officer), new ReportTextsErased(),
    ];

    [Fact]
    public void Every_event_type_has_words_or_stays_in_the_house()
    {
        Assert.Equal(ReportingModule.Events.All.Values.Except(ObligationEvents.Types.All.Values).ToHashSet(), Events.Select(e => e.GetType()).ToHashSet());
        Assert.Equal(
            [typeof(Told.HarmReported), typeof(Told.ReportLinked), typeof(Told.ResponseOpened), typeof(Told.TownNotified), typeof(Told.ResponseClosed)],
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
            Assert.DoesNotContain("teacher", json, StringComparison.Ordinal);
            Assert.DoesNotContain(Given.Officer, json, StringComparison.Ordinal);
            Assert.DoesNotContain(Given.Text.ToText(), json, StringComparison.Ordinal);
        });

    [Fact]
    public void Facts_stand_on_the_childs_timeline_unless_the_child_is_unknown_or_the_report_concerns_somebody_here()
    {
        Assert.All(Events.SelectMany(Tell), f => Assert.Equal(Given.Child, f.Subject));
        foreach (var facts in new[] { Open with { Child = null }, Open with { Shielded = true } })
            Assert.All(Tell(new TownNotified(facts, Given.Now, Given.Officer)), f => Assert.Equal(Stream, f.Subject));
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
