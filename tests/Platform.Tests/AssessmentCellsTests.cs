using LeftBehind.Contracts.Assessment;
using LeftBehind.Platform.Figures;

namespace LeftBehind.Platform.Tests;

/// <summary>An assessment is counted once in each dimension; each service of a plan for itself.</summary>
public sealed class AssessmentCellsTests
{
    [Fact]
    public void A_finalised_assessment_is_counted_by_state_time_risk_and_grade()
    {
        var finalised = Sample.Assessed(AssessmentState.Finalised, Sample.Today, hours: -1) with { Grade = GuardianshipGrade.Poor, Risk = RiskLevel.High };
        Assert.Equal(["assessment.total.all", "assessment.state.finalised", "assessment.due.inTime", "assessment.risk.high", "assessment.grade.poor"], Sample.Names(Sample.Of(finalised)));
    }

    [Theory]
    [InlineData(AssessmentState.Opened, 0, 0, "due")]
    [InlineData(AssessmentState.Reviewed, -1, 0, "overdue")]
    [InlineData(AssessmentState.Finalised, -10, -1, "inTime")]
    [InlineData(AssessmentState.Finalised, -10, 0, "late")]
    [InlineData(AssessmentState.Superseded, -10, 0, "superseded")]
    public void An_assessment_is_due_overdue_or_was_finalised_in_time_or_late(AssessmentState state, int dueIn, int hours, string bucket) =>
        Assert.Contains($"assessment.due.{bucket}", Sample.Names(Sample.Of(Sample.Assessed(state, Sample.Today.AddDays(dueIn), hours))));

    [Fact]
    public void An_open_one_becomes_overdue_with_the_day_after_it_was_due_and_turns_on_it()
    {
        var open = Sample.Of(Sample.Assessed(AssessmentState.Drafted, Sample.Today, 0));
        Assert.Equal(Sample.Today.AddDays(1), Cells.TurnsOn(open, Sample.Today));
        Assert.Contains("assessment.due.overdue", Sample.Names(open, Sample.Today.AddDays(1)));
        Assert.Null(Cells.TurnsOn(open, Sample.Today.AddDays(1)));
        Assert.Null(Cells.TurnsOn(Sample.Of(Sample.Assessed(AssessmentState.Finalised, Sample.Today, 0)), Sample.Today));
    }

    [Fact]
    public void What_is_due_at_midnight_is_overdue_with_the_day_that_begins_then()
    {
        var midnight = Sample.Assessed(AssessmentState.Opened, Sample.Today, 0);
        var open = Sample.Of(midnight with { DueAt = midnight.DueAt.AddHours(12) });
        Assert.Contains("assessment.due.due", Sample.Names(open));
        Assert.Contains("assessment.due.overdue", Sample.Names(open, Sample.Today.AddDays(1)));
    }

    [Fact]
    public void Each_delivered_service_is_counted_by_its_kind_also_two_of_one()
    {
        ServiceFacts Service(AssistanceService kind, ServiceState state) => new(Guid.NewGuid(), kind, state);
        var plan = new PlanFacts(Sample.Id, Sample.Id, Sample.Village, PlanState.Active,
            [Service(AssistanceService.LegalAid, ServiceState.Delivered), Service(AssistanceService.LegalAid, ServiceState.Delivered), Service(AssistanceService.LegalAid, ServiceState.Arranged)]);
        Assert.Equal(
            ["plan.total.all", "plan.state.active",
             "planService.total.all", "planService.state.delivered", "planService.delivered.legalAid", "planService.total.all", "planService.state.delivered", "planService.delivered.legalAid",
             "planService.total.all", "planService.state.arranged", "planService.delivered.none"],
            Sample.Names(Sample.Of(plan)));
    }
}
