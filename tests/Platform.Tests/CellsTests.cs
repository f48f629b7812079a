using CsCheck;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

public sealed class CellsTests
{
    private static readonly Gen<SubjectFacts> Any = Gen.OneOf(
        Gen.Select(Sample.Child, Sample.Schooling, (child, schooling) => Sample.Of(child, schooling)),
        Sample.Child.Select(child => Sample.Of(child)), Sample.Pupil.Select(Sample.Of));

    /// <summary>So every dimension of every division sums to the total of its population.</summary>
    [Fact]
    public void Whoever_counts_in_a_population_counts_in_exactly_one_bucket_of_each_of_its_dimensions() => Any.Sample(subject =>
    {
        var cells = Sample.Names(subject).Select(m => m.Split('.', 3)).ToList();
        foreach (var population in Measures.Populations)
        {
            var counted = cells.Count(c => c[0] == population && c[1] == "total");
            Assert.InRange(counted, 0, 1);
            foreach (var dimension in Measures.All.Select(m => m.Split('.', 3)).Where(m => m[0] == population).Select(m => m[1]).Distinct())
                Assert.Equal(counted, cells.Count(c => c[0] == population && c[1] == dimension));
        }
    }, iter: 3000);

    [Fact]
    public void Only_open_files_and_running_enrolments_are_counted() => Any.Sample(subject => Assert.Equal(
        subject.Child is { Facts.State: FileState.Open } || subject.Pupil is { Facts.State: not (EnrolmentState.TransferredOut or EnrolmentState.Graduated) },
        Cells.Of(subject, Sample.Today).Length > 0));

    [Fact]
    public void What_is_not_known_has_a_bucket_of_its_own()
    {
        var child = Sample.Of(new ChildFacts(FileState.Open, Sample.Village, null, Sex.NotCollected, ChildCategory.Undetermined, null, CarerKind.NotCollected, false));
        Assert.Equal(
            [
                "onFile.total.all", "onFile.ageSex.notCollected.notCollected", "onFile.schooling.notCollected", "onFile.carer.notCollected",
                "onFile.category.undetermined", "onFile.verified.no",
            ], Sample.Names(child));
        var pupil = Sample.Of(new PupilFacts(EnrolmentState.Enrolled, Sample.Village, Stage.NotCollected, null, Sex.NotCollected, null, null));
        Assert.Equal(
            [
                "pupil.total.all", "pupil.ageSex.notCollected.notCollected", "pupil.schooling.notCollected", "pupil.state.enrolled", "pupil.match.waiting",
                "pupil.boarding.notCollected",
            ], Sample.Names(pupil));
    }

    [Fact]
    public void A_left_behind_child_in_difficulty_is_in_all_three_populations()
    {
        var both = Sample.LeftBehind(new(2016, 5, 1)) with { Category = ChildCategory.LeftBehindInDifficulty };
        var cells = Sample.Names(Sample.Of(both, new(Sample.Id, Guid.NewGuid(), Schooling.Primary, true)));
        foreach (var population in (string[])[Measures.OnFile, Measures.LeftBehind, Measures.InDifficulty])
            Assert.Contains($"{population}.schooling.primary", cells);
        Assert.Contains("leftBehind.reason.bothParentsOut", cells);
    }

    [Theory]
    [InlineData(Stage.Primary, "droppedOut", "droppedOut")]
    [InlineData(Stage.JuniorMiddle, "droppedOut", "droppedOut")]
    [InlineData(Stage.NotCollected, "droppedOut", "droppedOut")]
    [InlineData(Stage.SeniorHigh, "notInSchool", "notInSchool")]
    [InlineData(Stage.Vocational, "notInSchool", "notInSchool")]
    [InlineData(Stage.Kindergarten, "notInKindergarten", "notInSchool")]
    public void Only_who_leaves_compulsory_school_is_counted_as_a_dropout(Stage stage, string schooling, string state)
    {
        var cells = Sample.Names(Sample.Of(new PupilFacts(EnrolmentState.DroppedOut, Sample.Village, stage, new(2016, 5, 1), Sex.Male, false, null)));
        Assert.Equal(["pupil.schooling." + schooling, "pupil.state." + state],
            cells.Where(c => c.StartsWith("pupil.schooling.", StringComparison.Ordinal) || c.StartsWith("pupil.state.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Schooling_that_arrives_before_the_file_counts_nothing_yet()
    {
        var early = new SubjectFacts().After(new ChildSchoolingRecorded(Sample.Id, Guid.NewGuid(), Schooling.Primary, false), new("education", 4, 1));
        Assert.Empty(Cells.Of(early, Sample.Today));
        Assert.Null(early.Village);
    }
}
