using System.Text.Json;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using Xunit;
using Told = LeftBehind.Contracts.Assessment;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Tests;

public class RelayTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly AssessedChild Child = new(Guid.NewGuid(), DivisionId.Parse("431003101218@2023"));
    private static readonly Guid Stream = Guid.NewGuid();

    [Fact]
    public void Every_event_type_has_words()
    {
        var events = Events(Child);

        Assert.Equal(AssessmentModule.Events.All.Values.Except(ObligationEvents.Types.All.Values).ToHashSet(), events.Select(e => e.GetType()).ToHashSet());
        Assert.Equal([typeof(Told.AssessmentOpened), typeof(Told.AssessmentFinalised), typeof(Told.PlanDrafted), typeof(Told.PlanApproved)],
            events.SelectMany(Tell).Select(f => f.Fact.GetType()));
    }

    [Fact]
    public void Every_event_is_read_as_it_was_written_and_no_account_travels() =>
        Assert.All(Events(Child), e =>
        {
            var json = JsonSerializer.Serialize(e, e.GetType(), EventTypes.Json);
            Assert.Equal(json, JsonSerializer.Serialize(AssessmentModule.Events.Read(AssessmentModule.Events.NameOf(e), json), e.GetType(), EventTypes.Json));
            Assert.All(Tell(e), f => Assert.DoesNotContain("account", JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json), StringComparison.Ordinal));
        });

    [Fact]
    public void Facts_are_about_the_child_when_it_is_known_else_about_the_assessment()
    {
        Assert.All(Events(Child).SelectMany(Tell), f => Assert.Equal(Child.Child, f.Subject));
        Assert.All(Events(Child with { Child = null }).SelectMany(Tell), f => Assert.Equal(Stream, f.Subject));
    }

    [Fact]
    public void A_duty_is_told_as_itself_and_of_the_assessment()
    {
        var duty = new Duty(AssessmentDuty.Kind, new("assessment", Child.Child!.Value), Child.Division, OwnerDepartment.CivilAffairs, Now, Now.AddDays(3),
            ObligationBasis.PlatformDefault, "平台默认");
        var facts = Tell(new ObligationBreached(duty, Now.AddDays(3))).ToList();
        Assert.Equal([Stream, duty.Subject.Id], facts.Select(f => f.Subject));
        Assert.All(facts, f => Assert.Equal(ObligationState.Breached, Assert.IsType<ObligationRecorded>(f.Fact).After.State));
    }

    [Fact]
    public void The_protocols_words_are_those_of_the_contracts()
    {
        Assert.Equal(Enum.GetNames<GuardianshipGrade>(), Enum.GetNames<V1.GuardianshipGrade>().Skip(1));
        Assert.Equal(Enum.GetNames<RiskLevel>(), Enum.GetNames<V1.RiskLevel>().Skip(1));
        Assert.Equal(Enum.GetNames<Participant>(), Enum.GetNames<V1.Participant>().Skip(1));
        Assert.Equal(Enum.GetNames<AssistanceService>(), Enum.GetNames<V1.AssistanceService>().Skip(1));
    }

    private static object[] Events(AssessedChild of) =>
    [
        new Assessments.AssessmentOpened(of, Guid.NewGuid(), Urgency.High, Now, Now.AddDays(3)),
        new Assessments.AssessmentFinalised(of, GuardianshipGrade.Poor, RiskLevel.High, [Participant.Police], Now, "account-1"),
        new Assessments.PlanDrafted(of, [AssistanceService.LegalAid]), new Assessments.PlanApproved(of, "account-2"),
    ];

    private static IEnumerable<RelayedFact> Tell(object e) =>
        new AssessmentRelay().Translate(new(1, Guid.NewGuid(), Stream, 1, e, new(Now, new(2026, 3, 2))));
}
