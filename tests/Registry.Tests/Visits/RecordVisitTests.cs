using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Tests.Visits;

/// <summary>Recording, correcting and acknowledging.</summary>
public sealed class RecordVisitTests
{
    private static readonly ChildVisits Due = Given.Visits(Given.LeftBehind, Given.Plan(Given.LeftBehind, RiskLevel.High), Given.Now);

    [Fact]
    public void A_visit_ends_what_was_due_and_the_next_one_counts_from_it()
    {
        var at = Given.Now.AddDays(3);
        var visited = Due.Record(Given.LeftBehind, Given.Visit(at));
        Assert.Equal((at, Given.Rules.DueAt(Cadence.Weekly, at)), (visited.Duty!.StartsAt, visited.Duty.DueAt));
        Assert.Equal(new DateOnly(2026, 5, 11), visited.Facts.LastVisitOn);
    }

    [Fact]
    public void A_visit_before_the_duty_began_is_kept_and_ends_nothing()
    {
        var visited = Due.Record(Given.LeftBehind, Given.Visit(Given.Now.AddDays(-3)));
        Assert.Equal((Due.Duty, 1), (visited.Duty, visited.Visits.Count));
    }

    [Fact]
    public void A_visit_told_after_a_later_one_is_kept_and_changes_neither_last_visit_nor_duty()
    {
        var visited = Due.Record(Given.LeftBehind, Given.Visit(Given.Now.AddDays(5)));
        var late = visited.Record(Given.LeftBehind, Given.Visit(Given.Now.AddDays(2)));
        Assert.Equal((visited.Duty, visited.Facts), (late.Duty, late.Facts));
    }

    [Fact]
    public void A_visit_that_was_missed_and_is_made_is_missing_no_more()
    {
        var missed = Due.After(new VisitMissed(Due.Duty!.Key, Due.Duty.DueAt));
        Assert.True(missed.Facts.Overdue);
        Assert.False(missed.Record(Given.LeftBehind, Given.Visit(missed.Duty!.DueAt.AddDays(1))).Facts.Overdue);
        Assert.True(missed.Record(Given.LeftBehind, Given.Visit(Given.Now.AddDays(-1))).Facts.Overdue);
    }

    [Fact]
    public void The_same_visit_again_is_no_news_and_another_under_its_id_is_refused()
    {
        var command = Given.Visit(Given.Now);
        var visited = Due.Record(Given.LeftBehind, command);
        Assert.Empty(RecordVisit.Decide(command, Given.LeftBehind, visited, Given.Rules));
        Assert.Throws<RejectedException>(() => RecordVisit.Decide(command with { VisitedAt = Given.Now.AddHours(-1) }, Given.LeftBehind, visited, Given.Rules));
        Assert.Throws<RejectedException>(() => RecordVisit.Decide(command with { Content = Given.Found(VisitFinding.MoodLow) }, Given.LeftBehind, visited, Given.Rules));
        // Corrected since, the first telling is still the same visit.
        var corrected = visited.After(new VisitCorrected(command.VisitId, Given.Found(VisitFinding.MoodLow)));
        Assert.Empty(RecordVisit.Decide(command, Given.LeftBehind, corrected, Given.Rules));
    }

    [Fact]
    public void A_closed_file_is_not_visited()
    {
        var closed = CloseFile.Close(Given.LeftBehind, FileState.MovedAway).Aggregate(Given.LeftBehind, (c, e) => c.After(e));
        Assert.Throws<RejectedException>(() => RecordVisit.Decide(Given.Visit(Given.Now), closed, Due, Given.Rules));
    }

    [Theory]
    [InlineData(VisitFinding.SchoolLeft, Urgency.Ordinary)]
    [InlineData(VisitFinding.CarerAbsent, Urgency.High)]
    [InlineData(VisitFinding.HarmSuspected, Urgency.Emergency)]
    public void What_is_abnormal_is_told_to_the_town_by_its_gravest_finding(VisitFinding finding, Urgency urgency)
    {
        var command = Given.Visit(Given.Now, Given.Found(VisitFinding.LivingPoor, VisitFinding.SchoolLeft, finding));
        var told = Assert.IsType<SituationReported>(RecordVisit.Decide(command, Given.LeftBehind, Due, Given.Rules).Last());
        Assert.Equal((urgency, Samples.Matian, command.VisitId), (told.Urgency, told.Village, told.VisitId));
        Assert.DoesNotContain(VisitFinding.LivingPoor, told.Findings);
    }

    [Fact]
    public void What_is_only_noted_is_not_told_to_the_town() => Assert.IsType<VisitRecorded>(Assert.Single(
        RecordVisit.Decide(Given.Visit(Given.Now, Given.Found([.. Enum.GetValues<VisitFinding>().Where(f => !f.IsAbnormal())])), Given.LeftBehind, Due, Given.Rules)));

    [Fact]
    public void A_correction_keeps_both_values_and_tells_the_town_what_is_abnormal_for_the_first_time()
    {
        var command = Given.Visit(Given.Now, Given.Found(VisitFinding.CarerAbsent));
        var visited = Due.Record(Given.LeftBehind, command);
        var correction = new CorrectVisit(command.VisitId, Guid.NewGuid(), "worker-1", Given.Found(VisitFinding.CarerAbsent, VisitFinding.HealthInDanger) with { VerifiesIdentity = true }, Given.Now);
        var decided = CorrectVisit.Decide(correction, Given.LeftBehind, visited).ToList();
        Assert.Equal([VisitFinding.HealthInDanger], Assert.IsType<SituationReported>(decided[1]).Findings);
        var corrected = decided.Aggregate(visited, (v, e) => v.After(e));
        Assert.True(corrected.Facts.VerifiedByVisit);
        Assert.True(Assert.Single(corrected.Visits.Single().Before).IsSame(command.Content));
        Assert.Empty(CorrectVisit.Decide(correction, Given.LeftBehind, corrected));
        Assert.IsType<VisitCorrected>(Assert.Single(CorrectVisit.Decide(correction with { Content = Given.Found(VisitFinding.CarerPresent) }, Given.LeftBehind, corrected)));
    }

    [Fact]
    public void Nobody_but_its_author_corrects_a_visit()
    {
        var command = Given.Visit(Given.Now);
        var visited = Due.Record(Given.LeftBehind, command);
        Assert.Throws<RejectedException>(() => CorrectVisit.Decide(new(command.VisitId, default, "worker-2", Given.Found(VisitFinding.MoodLow), Given.Now), Given.LeftBehind, visited));
        Assert.Throws<RejectedException>(() => CorrectVisit.Decide(new(Guid.NewGuid(), default, "worker-1", Given.Found(VisitFinding.MoodLow), Given.Now), Given.LeftBehind, visited));
    }

    [Fact]
    public void The_town_takes_note_once_and_only_of_what_it_was_told()
    {
        var command = Given.Visit(Given.Now, Given.Found(VisitFinding.CarerAbsent));
        var visited = Due.Record(Given.LeftBehind, command);
        var noted = Assert.Single(AcknowledgeSituation.Decide(new(command.SituationId, "town-1", Given.Now), visited));
        Assert.Empty(AcknowledgeSituation.Decide(new(command.SituationId, "town-2", Given.Now), visited.After(noted)));
        Assert.Throws<RejectedException>(() => AcknowledgeSituation.Decide(new(Guid.NewGuid(), "town-1", Given.Now), visited));
    }
}
