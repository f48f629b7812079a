using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using Xunit;
using AssessmentFinalised = LeftBehind.Assessment.Assessments.AssessmentFinalised;
using AssessmentOpened = LeftBehind.Assessment.Assessments.AssessmentOpened;
using PlanApproved = LeftBehind.Assessment.Assessments.PlanApproved;
using PlanDrafted = LeftBehind.Assessment.Assessments.PlanDrafted;

namespace LeftBehind.Assessment.Tests;

public class AssessmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly AssessedChild Child = new(Guid.NewGuid(), DivisionId.Parse("431003101218@2023"));
    private static readonly AssessmentFile Open = new AssessmentFile(Guid.NewGuid()).After(new AssessmentOpened(Child, Guid.NewGuid(), Urgency.High, Now, Now.AddDays(3)));

    private static readonly FinaliseAssessment Command = new(
        GuardianshipGrade.Poor, RiskLevel.High, [Participant.CountyCivilAffairs, Participant.Police], [AssistanceService.PsychologicalCounselling], "assessor");

    [Fact]
    public void Poor_guardianship_is_never_low_risk()
    {
        foreach (var grade in Enum.GetValues<GuardianshipGrade>())
            foreach (var risk in Enum.GetValues<RiskLevel>())
                if ((grade, risk) is (GuardianshipGrade.Poor, RiskLevel.Low))
                    Assert.Throws<RejectedException>(() => Finalise(Command with { Grade = grade, Risk = risk }));
                else
                    Assert.IsType<AssessmentFinalised>(Finalise(Command with { Grade = grade, Risk = risk })[0]);
    }

    [Fact]
    public void High_risk_drafts_a_plan_and_needs_a_service_in_it()
    {
        Assert.Equal([typeof(AssessmentFinalised), typeof(PlanDrafted)], Finalise(Command).Select(e => e.GetType()));
        Assert.Throws<RejectedException>(() => Finalise(Command with { Services = [] }));
        Assert.IsType<AssessmentFinalised>(Assert.Single(Finalise(Command with { Risk = RiskLevel.Medium, Services = [] })));
    }

    [Theory]
    [InlineData(Participant.CountyCivilAffairs)]
    [InlineData(Participant.Police)]
    public void The_town_assesses_together_with_civil_affairs_and_police(Participant absent)
    {
        var refused = Assert.Throws<RejectedException>(() => Finalise(Command with { Participants = [.. Command.Participants.Where(p => p != absent)] }));

        Assert.EndsWith($"missing: {absent}.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assessment_is_finalised_once_and_a_repeat_changes_nothing()
    {
        var finalised = After(Open, Finalise(Command));

        Assert.Empty(FinaliseAssessment.Decide(Command, finalised, Now));
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Command with { Grade = GuardianshipGrade.Fair }, finalised, Now));
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Command with { Assessor = "other" }, finalised, Now));
    }

    [Fact]
    public void What_was_never_opened_is_not_finalised() =>
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Command, new(Guid.NewGuid()), Now).ToList());

    [Fact]
    public void The_assessor_never_approves_the_plan()
    {
        var drafted = After(Open, Finalise(Command));

        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("assessor"), drafted));
        var approved = After(drafted, ApprovePlan.Decide(new("superior"), drafted));
        Assert.Equal("superior", approved.Approved?.Approver);
        Assert.Empty(ApprovePlan.Decide(new("superior"), approved));
        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("assessor"), approved));
        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("third"), approved));
    }

    [Fact]
    public void Without_a_plan_there_is_nothing_to_approve()
    {
        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("superior"), Open));
        var medium = After(Open, Finalise(Command with { Risk = RiskLevel.Medium, Services = [] }));
        Assert.Throws<RejectedException>(() => ApprovePlan.Decide(new("superior"), medium));
    }

    private static List<IAssessmentEvent> Finalise(FinaliseAssessment command) => [.. FinaliseAssessment.Decide(command, Open, Now)];

    private static AssessmentFile After(AssessmentFile file, IEnumerable<object> events) => events.Aggregate(file, (f, e) => f.After(e));
}
