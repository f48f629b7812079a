using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Children;
using LeftBehind.Pages;
using Xunit;
using Told = LeftBehind.Contracts.Guardianship;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Tests;

public class RelayTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseSubject Carer = new(Guid.NewGuid(), DivisionId.Parse("431003101218@2023"), Respondent.EntrustedCarer);

    private static readonly object[] Events =
    [
        new Cases.CaseOpened(Carer, Conduct.Abuse),
        new Cases.CaseMoved(Carer, DivisionId.Parse("431002002200@2023")),
        new Cases.StepRecorded(Carer, new(Guid.NewGuid(), Conduct.Abuse, InterventionAct.AdminPenalty, "公安分局", "苏公罚7", Now)),
    ];

    [Fact]
    public void Every_event_type_has_words_about_the_child()
    {
        Assert.Equal(GuardianshipModule.Events.All.Values.ToHashSet(), Events.Select(e => e.GetType()).ToHashSet());
        Assert.Equal([typeof(Told.CaseOpened), typeof(Told.CaseMoved), typeof(Told.StepRecorded)], Events.SelectMany(Tell).Select(f => f.Fact.GetType()));
        Assert.All(Events.SelectMany(Tell), f => Assert.Equal(Carer.Child, f.Subject));
    }

    [Fact]
    public void Every_event_is_read_as_it_was_written() =>
        Assert.All(Events, e =>
        {
            var json = JsonSerializer.Serialize(e, e.GetType(), EventTypes.Json);
            Assert.Equal(e, GuardianshipModule.Events.Read(GuardianshipModule.Events.NameOf(e), json));
        });

    [Fact]
    public void Nothing_but_recorded_conduct_opens_a_case() =>
        // A policy would be a page handler: the one that there is hears where children live, and no risk, grade or report.
        Assert.Equal([typeof(FollowChildren)], typeof(GuardianshipModule).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IPageHandler))));

    [Fact]
    public void The_protocols_words_are_those_of_the_contracts()
    {
        Assert.Equal(Enum.GetNames<Respondent>(), Enum.GetNames<V1.Respondent>().Skip(1));
        Assert.Equal(Enum.GetNames<Conduct>(), Enum.GetNames<V1.Conduct>().Skip(1));
        Assert.Equal(Enum.GetNames<InterventionAct>(), Enum.GetNames<V1.InterventionAct>().Skip(1));
    }

    [Fact]
    public void A_move_is_told_with_where_the_case_lies_now()
    {
        var moved = Assert.IsType<Told.CaseMoved>(Assert.Single(Tell(Events[1])).Fact);
        Assert.Equal((Carer.Child, Carer.Division, Carer.Respondent), (moved.ChildId, moved.Division, moved.Respondent));
        Assert.Equal(DivisionId.Parse("431002002200@2023"), moved.From);
        Assert.Equal("case_moved", Contract.Facts.NameOf(moved));
    }

    private static IEnumerable<RelayedFact> Tell(object e) =>
        new GuardianshipRelay().Translate(new(1, Guid.NewGuid(), Guid.NewGuid(), 1, e, new(Now, new(2026, 3, 2))));
}
