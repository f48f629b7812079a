using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

public sealed class DropoutCellsTests
{
    private static readonly PupilFacts Pupil = new(EnrolmentState.Enrolled, Sample.Village, Stage.Primary, new(2016, 5, 1), Sex.Male, false, null);

    [Fact]
    public void A_pupil_without_a_case_counts_as_none() => Assert.Equal(["pupil.dropout.none"], CellsOf(Sample.Of(Pupil)));

    [Theory]
    [InlineData(DropoutStep.UnexcusedAbsenceDetected, "absence")]
    [InlineData(DropoutStep.GuardianContacted, "contacted")]
    [InlineData(DropoutStep.HomeVisited, "visited")]
    [InlineData(DropoutStep.DropoutSuspected, "suspected")]
    [InlineData(DropoutStep.DropoutRegistered, "registered")]
    [InlineData(DropoutStep.PersuasionStarted, "persuasion")]
    [InlineData(DropoutStep.PersuasionFailed, "persuasion")]
    [InlineData(DropoutStep.WrittenReportFiled, "reported")]
    [InlineData(DropoutStep.TownPersuasion, "townPersuasion")]
    [InlineData(DropoutStep.AttendanceOrdered, "ordered")]
    [InlineData(DropoutStep.LegalMeasures, "legalMeasures")]
    [InlineData(DropoutStep.Returned, "returned")]
    [InlineData(DropoutStep.Ended, "none")]
    public void A_pupil_counts_at_the_step_of_its_case(DropoutStep step, string bucket) =>
        Assert.Equal(["pupil.dropout." + bucket], CellsOf(Sample.Of(Pupil).After(Told(step), new("education", 9, 2))));

    [Fact]
    public void Every_pupil_that_is_counted_has_one_bucket_whatever_its_step() =>
        Assert.All(from state in Enum.GetValues<EnrolmentState>() from step in Enum.GetValues<DropoutStep>() select Sample.Of(Pupil with { State = state }).After(Told(step), new("education", 9, 2)),
            subject => Assert.Equal(Sample.Names(subject).Count(c => c == "pupil.total.all"), CellsOf(subject).Count));

    [Fact]
    public void A_case_told_before_its_pupil_counts_nothing_yet_and_an_older_fact_changes_nothing()
    {
        var early = new SubjectFacts().After(Told(DropoutStep.DropoutSuspected), new("education", 9, 2));
        Assert.Empty(Sample.Names(early));
        Assert.Equal(SubjectKind.Pupil, early.Kind);
        Assert.Same(early, early.After(Told(DropoutStep.UnexcusedAbsenceDetected), new("education", 8, 1)));
        Assert.Equal(["pupil.dropout.suspected"], CellsOf(early.After(new PupilRecorded(Sample.Id, PupilChange.Enrolled, Pupil), new("education", 1, 1))));
    }

    private static List<string> CellsOf(SubjectFacts subject) => [.. Sample.Names(subject).Where(c => c.StartsWith("pupil.dropout.", StringComparison.Ordinal))];

    private static DropoutRecorded Told(DropoutStep step) => new(Guid.NewGuid(), Sample.Id, DropoutChange.Suspected, new(step, Sample.Today));
}
