using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using Xunit;
using static LeftBehind.Assessment.Tests.Given;
using AssessmentFinalised = LeftBehind.Assessment.Assessments.AssessmentFinalised;

namespace LeftBehind.Assessment.Tests;

public class AssessmentTests
{
    [Fact]
    public void Poor_guardianship_is_never_low_risk()
    {
        foreach (var grade in Enum.GetValues<GuardianshipGrade>())
            foreach (var risk in Enum.GetValues<RiskLevel>())
                if ((grade, risk) is (GuardianshipGrade.Poor, RiskLevel.Low))
                    Assert.Throws<RejectedException>(() => Decide(Finalise with { Grade = grade, Risk = risk }));
                else
                    Assert.IsType<AssessmentFinalised>(Decide(Finalise with { Grade = grade, Risk = risk })[0]);
    }

    [Fact]
    public void A_draft_proposes_medium_where_a_low_score_would_contradict_a_poor_grade()
    {
        Assert.Equal(RiskLevel.Medium, Consistency.Proposed(Scored("Low"), Scored("Poor")));
        Assert.Equal(RiskLevel.Low, Consistency.Proposed(Scored("Low"), Scored("Fair")));
        Assert.Equal(RiskLevel.High, Consistency.Proposed(Scored("High"), Scored("Good")));
    }

    [Fact]
    public void People_may_judge_otherwise_than_the_points_but_not_below_a_hard_trigger()
    {
        Assert.NotEmpty(Decide(Finalise with { Grade = GuardianshipGrade.Good, Risk = RiskLevel.Low }));
        var held = Review(Draft(Reviewed, Scored("High", floor: "High"), Scored("Fair", floor: "Fair")));
        var refused = Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Finalise with { Risk = RiskLevel.Medium }, held, Now));
        Assert.Equal("Medium lies below High, which an-item of an-instrument decides by itself.", refused.Message);
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Finalise with { Grade = GuardianshipGrade.Good }, held, Now));
        Assert.NotEmpty(FinaliseAssessment.Decide(Finalise, held, Now));
    }

    [Fact]
    public void High_risk_or_a_ground_of_article_92_drafts_a_plan_and_needs_a_service_in_it()
    {
        Assert.Equal([AssistanceService.PsychologicalCounselling], Plan(Finalise));
        Assert.Throws<RejectedException>(() => Decide(Finalise with { Services = [] }));
        Assert.Empty(Plan(Finalise with { Risk = RiskLevel.Medium, Services = [] }));
        foreach (var ground in Enum.GetValues<PlacementGround>())
        {
            Assert.Contains("§92", Assert.Throws<RejectedException>(() => Decide(Finalise with { Risk = RiskLevel.Medium, Services = [], Ground = ground })).Message, StringComparison.Ordinal);
            Assert.NotEmpty(Plan(Finalise with { Risk = RiskLevel.Medium, Ground = ground }));
        }

        static IEnumerable<AssistanceService> Plan(FinaliseAssessment command)
        {
            var (finalised, plan) = (After(Reviewed, Decide(command)), new AssistancePlan(AssistancePlan.IdOf(Reviewed.Id)));
            return DraftPlan.Decide(finalised, plan, Now).Cast<AssistancePlanDrafted>().SelectMany(p => p.Services).Select(s => s.Kind);
        }
    }

    [Theory]
    [InlineData(Participant.CountyCivilAffairs)]
    [InlineData(Participant.Police)]
    public void The_town_reviews_together_with_civil_affairs_and_police(Participant absent)
    {
        var refused = Assert.Throws<RejectedException>(() => ReviewAssessment.Decide(new([.. ReviewAssessment.Together.Where(p => p != absent)], "by", Ask()), Drafted, Now));

        Assert.EndsWith($"missing: {absent}.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_took_part_in_fieldwork_review_and_the_end_stands_in_the_end()
    {
        var finalised = Assert.IsType<AssessmentFinalised>(Decide(Finalise with { Participants = [Participant.MedicalInstitution] })[0]);
        Assert.Equal([Participant.CountyCivilAffairs, Participant.Police, Participant.VillageCommittee, Participant.School, Participant.MedicalInstitution], finalised.Participants);
    }

    [Fact]
    public void An_assessment_is_finalised_once_and_a_repeat_changes_nothing()
    {
        var finalised = After(Reviewed, Decide(Finalise));

        Assert.Empty(FinaliseAssessment.Decide(Finalise, finalised, Now));
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Finalise with { Grade = GuardianshipGrade.Fair }, finalised, Now));
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Finalise with { Assessor = "other" }, finalised, Now));
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Finalise with { Ground = PlacementGround.GuardianMissing }, finalised, Now));
    }

    [Fact]
    public void A_request_that_comes_again_changes_nothing_and_one_used_otherwise_is_refused()
    {
        var asked = Ask();
        var visited = After(Open, RecordFieldwork.Decide(new([Participant.School], "by", asked), Open, Now));
        Assert.Empty(RecordFieldwork.Decide(new([Participant.School], "by", asked), visited, Now));
        Assert.Empty(RecordFieldwork.Decide(new([Participant.School], "by", asked), Review(Draft(visited, Scored("Low"), Scored("Good"))), Now));
        Assert.Throws<RejectedException>(() => DraftAssessment.Decide(new(Scored("Low"), Scored("Good"), "by", asked with { Digest = "other" }), visited, Now).ToList());
    }

    [Fact]
    public void A_draft_made_anew_is_reviewed_anew()
    {
        var again = Draft(Reviewed, Scored("Low"), Scored("Good"));
        Assert.Equal(AssessmentState.Drafted, again.State);
        Assert.Throws<RejectedException>(() => FinaliseAssessment.Decide(Finalise, again, Now).ToList());
    }

    [Fact]
    public void An_assessment_gives_way_to_another_of_the_same_child_alone()
    {
        var other = new AssessmentFile(Guid.NewGuid()).After(Open.Opened!);
        var superseded = After(Drafted, SupersedeAssessment.Decide(Drafted, other, Now));
        Assert.Equal((AssessmentState.Superseded, other.Id), (superseded.State, superseded.Superseded!.By));
        Assert.Empty(SupersedeAssessment.Decide(superseded, other, Now));
        Assert.Throws<RejectedException>(() => SupersedeAssessment.Decide(Drafted, Drafted, Now).ToList());
        Assert.Throws<RejectedException>(() => SupersedeAssessment.Decide(Drafted, superseded with { Id = Guid.NewGuid() }, Now).ToList());
        Assert.Throws<RejectedException>(() => SupersedeAssessment.Decide(Drafted, new(Guid.NewGuid()), Now).ToList());
        var ofAnother = other.After(Open.Opened! with { Of = Child with { Child = Guid.NewGuid() } });
        Assert.Throws<RejectedException>(() => SupersedeAssessment.Decide(Drafted, ofAnother, Now).ToList());
    }

    private static List<AssessmentEvent> Decide(FinaliseAssessment command) => [.. FinaliseAssessment.Decide(command, Reviewed, Now)];
}
