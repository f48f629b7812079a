using System.Text.Json;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Directory;
using LeftBehind.Assessment.Plans;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using Xunit;
using static LeftBehind.Assessment.Tests.Given;
using Told = LeftBehind.Contracts.Assessment;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Tests;

public class RelayTests
{
    private static readonly Guid Stream = Guid.NewGuid();

    /// <summary>What nobody else is told: by what is assessed.</summary>
    private static readonly Type[] Inside = [typeof(Assessment.Instruments.InstrumentPublished), typeof(ProviderListed), typeof(ProviderRetired)];

    [Fact]
    public void Every_event_type_has_words()
    {
        var events = Events(Child);

        Assert.Equal(AssessmentModule.Events.All.Values.Except(ObligationEvents.Types.All.Values).Except(Inside).ToHashSet(),
            events.Select(e => e.GetType()).Concat(PlanEvents(Child).Select(e => e.GetType())).ToHashSet());
        Assert.Equal([typeof(Told.AssessmentOpened), typeof(Told.AssessmentFinalised), typeof(Told.PlanDrafted), typeof(Told.PlanApproved)],
            events.SelectMany(Tell).Select(f => f.Fact.GetType()).Where(t => t != typeof(AssessmentRecorded)));
    }

    [Fact]
    public void Every_event_is_read_as_it_was_written_and_no_account_or_answer_travels() =>
        Assert.All(Events(Child), e =>
        {
            var json = JsonSerializer.Serialize(e, e.GetType(), EventTypes.Json);
            Assert.Equal(json, JsonSerializer.Serialize(AssessmentModule.Events.Read(AssessmentModule.Events.NameOf(e), json), e.GetType(), EventTypes.Json));
            Assert.All(Tell(e), f => Assert.DoesNotContain("account", JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json), StringComparison.Ordinal));
            Assert.All(Tell(e), f => Assert.DoesNotContain("instrument", JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json), StringComparison.Ordinal));
        });

    [Fact]
    public void Each_event_tells_the_assessment_itself_and_the_child_in_one_word()
    {
        Assert.All(Events(Child), e => Assert.Equal([Stream], Tell(e).Where(f => f is { Fact: AssessmentRecorded } && f.Subject == Stream).Select(f => f.Subject)));
        Assert.All(Events(Child), e => Assert.Single(Tell(e), f => f.Subject == Child.Child));
        Assert.All(Events(Child with { Child = null }).SelectMany(Tell), f => Assert.Equal(Stream, f.Subject));
    }

    [Fact]
    public void What_an_event_carries_is_told_and_of_earlier_releases_the_least_that_can_be_meant()
    {
        var opened = Open.Opened!;
        Assert.Equal(Open.Facts, Recorded(opened).After);
        Assert.Equal(Reviewed.Facts, Recorded(opened with { After = Reviewed.Facts }).After);
        var finalised = Recorded(new Assessments.AssessmentFinalised(Child, GuardianshipGrade.Poor, RiskLevel.High, [], Now, "account")).After;
        Assert.Equal((AssessmentState.Finalised, GuardianshipGrade.Poor, RiskLevel.High), (finalised.State, finalised.Grade, finalised.Risk));
        Assert.True(finalised.FinalisedAt < finalised.DueAt);

        static AssessmentRecorded Recorded(AssessmentEvent e) => Tell(e).Select(f => f.Fact).OfType<AssessmentRecorded>().First();
    }

    [Fact]
    public void Each_event_of_a_plan_tells_the_plan_itself_and_the_child_in_one_word()
    {
        var plan = PlanEvents(Child);
        Assert.All(plan, e => Assert.Single(Tell(e), f => f.Subject == Stream && f.Fact is PlanRecorded told && told.After == e.After));
        Assert.All(plan, e => Assert.Single(Tell(e), f => f.Subject == Child.Child));
        Assert.Equal([typeof(Told.PlanDrafted), typeof(Told.PlanApproved)], plan.SelectMany(Tell).Select(f => f.Fact).Where(f => f is not PlanRecorded).Select(f => f.GetType()));
        Assert.Equal(Enum.GetValues<PlanChange>(), plan.SelectMany(Tell).Select(f => f.Fact).OfType<PlanRecorded>().Select(f => f.Change).Distinct().Order());
        Assert.All(PlanEvents(Child with { Child = null }).SelectMany(Tell), f => Assert.Contains(f.Subject, (Guid[])[Stream, Open.Id]));
        Assert.All(plan.SelectMany(Tell), f =>
        {
            var json = JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json);
            Assert.All((string[])["account", "provider", "document"], word => Assert.DoesNotContain(word, json, StringComparison.OrdinalIgnoreCase));
        });
        Assert.All(plan, e =>
        {
            var json = JsonSerializer.Serialize(e, e.GetType(), EventTypes.Json);
            Assert.Equal(json, JsonSerializer.Serialize(AssessmentModule.Events.Read(AssessmentModule.Events.NameOf(e), json), e.GetType(), EventTypes.Json));
        });
    }

    [Fact]
    public void What_an_earlier_release_told_of_a_plan_is_told_of_the_plan_alone() =>
        Assert.All(PlanEvents(Child).Where(e => e is AssistancePlanDrafted or AssistancePlanApproved), e => Assert.IsType<PlanRecorded>(Assert.Single(Tell(e with { Known = true })).Fact));

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
        Assert.Equal(Enum.GetNames<AssessmentState>(), Enum.GetNames<V1.AssessmentState>().Skip(1));
        Assert.Equal(Enum.GetNames<AssessmentTrigger>(), Enum.GetNames<V1.AssessmentTrigger>().Skip(1));
        Assert.Equal(Enum.GetNames<PlanState>(), Enum.GetNames<V1.PlanState>().Skip(1));
        Assert.Equal(Enum.GetNames<ServiceState>(), Enum.GetNames<V1.ServiceState>().Skip(1));
        Assert.Equal(Enum.GetNames<TerminationReason>(), Enum.GetNames<V1.TerminationReason>().Skip(1));
        Assert.Equal(Enum.GetNames<PlacementGround>(), Enum.GetNames<V1.TemporaryGuardianshipGround>().Skip(1));
        Assert.Equal(Enum.GetNames<Assessment.Instruments.InstrumentKind>(), Enum.GetNames<V1.InstrumentKind>().Skip(1));
        Assert.Equal(Enum.GetNames<Assessment.Instruments.Orientation>(), Enum.GetNames<V1.Orientation>().Skip(1));
    }

    private static AssessmentEvent[] Events(AssessedChild of) =>
    [
        new Assessments.AssessmentOpened(of, Guid.NewGuid(), Urgency.High, Now, Now.AddDays(3)),
        new FieldworkRecorded(of, [Participant.School], Now, "account-1", Ask()), new AssessmentDrafted(of, Scored("Low"), Scored("Good"), Now, "account-1", Ask()),
        new AssessmentReviewed(of, [Participant.Police], Now, "account-1", Ask()),
        new Assessments.AssessmentFinalised(of, GuardianshipGrade.Poor, RiskLevel.High, [Participant.Police], Now, "account-1"),
        new AssessmentSuperseded(of, Guid.NewGuid(), Now), new AssessmentMoved(of, DivisionId.Parse("431002002200@2023"), true),
        new Assessments.PlanDrafted(of, [AssistanceService.LegalAid]), new Assessments.PlanApproved(of, "account-2"),
    ];

    /// <summary>One of each; what is arranged is delivered, and once fails and once is declined.</summary>
    private static List<PlanEvent> PlanEvents(AssessedChild child)
    {
        var of = new PlanSubject(Open.Id, child.Child, child.Division);
        var service = Guid.NewGuid();
        ServiceSettled Settled(ServiceState outcome) => new(of, service, outcome, "1号", Now, "account-1", Ask());
        PlanEvent[] events =
        [
            new AssistancePlanDrafted(of, [new(service, AssistanceService.LegalAid)], ["account-1"], Now), new ServiceAdded(of, new(Guid.NewGuid(), AssistanceService.LegalAid), Now, "account-1", Ask()),
            new AssistancePlanApproved(of, Now, "account-2"), new PlanStarted(of, Now, "account-1", Ask()), new ServiceArranged(of, service, Guid.NewGuid(), Now, Now, "account-1", Ask()),
            Settled(ServiceState.Delivered), Settled(ServiceState.Failed), Settled(ServiceState.Declined), new PlanReviewed(of, Now, "account-1", Ask()),
            new PlanCompleted(of, Guid.NewGuid(), Now, "account-1", Ask()), new PlanTerminated(of, TerminationReason.ChildAdult, Now, "account-1", Ask()),
            new PlanMoved(of, DivisionId.Parse("431002002200@2023"), true),
        ];
        var (plan, told) = (new AssistancePlan(Stream), new List<PlanEvent>());
        foreach (var @event in events)
        {
            plan = plan.After(@event);
            told.Add(@event with { After = plan.Facts });
        }
        return told;
    }

    private static IEnumerable<RelayedFact> Tell(object e) =>
        new AssessmentRelay().Translate(new(1, Guid.NewGuid(), Stream, 1, e, new(Now, new(2026, 3, 2))));
}
