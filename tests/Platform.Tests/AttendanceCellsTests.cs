using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

public sealed class AttendanceCellsTests
{
    private static readonly PupilFacts Pupil = new(EnrolmentState.Enrolled, Sample.Village, Stage.Primary, new(2016, 5, 1), Sex.Male, false, null);

    [Theory]
    [InlineData(AttendanceState.Present, 0, "present", "none")]
    [InlineData(AttendanceState.Absent, 0, "absent", "none")]
    [InlineData(AttendanceState.Absent, 2, "absent", "unexcused")]
    [InlineData(AttendanceState.NotTaken, 3, "notTaken", "truant")]
    public void A_pupil_is_counted_by_the_last_school_day_of_its_class(AttendanceState state, int run, string attendance, string truancy) =>
        Assert.Equal(["pupil.attendance." + attendance, "pupil.truancy." + truancy], CellsOf(Attending(Pupil, state, run)));

    [Fact]
    public void Who_is_not_enrolled_does_not_attend() => Assert.Equal(
        ["pupil.attendance.notCollected", "pupil.truancy.notCollected"], CellsOf(Attending(Pupil with { State = EnrolmentState.OnLeave }, AttendanceState.Absent, 4)));

    [Fact]
    public void Attendance_that_arrives_before_the_pupil_counts_nothing_yet() =>
        Assert.Empty(Cells.Of(new SubjectFacts().After(Told(AttendanceState.Absent, 1), new("education", 4, 1)), Sample.Today));

    [Theory]
    [InlineData(RollState.Taken, "taken")]
    [InlineData(RollState.TakenLate, "takenLate")]
    [InlineData(RollState.Missing, "missing")]
    public void A_class_day_is_counted_for_thirty_days(RollState roll, string bucket)
    {
        var subject = ClassDay(roll);
        Assert.Equal(Sample.Village, subject.Village);
        Assert.Equal(["classDay.total.all", "classDay.roll." + bucket], Sample.Names(subject, Sample.Today.AddDays(29)));
        Assert.Empty(Sample.Names(subject, Sample.Today.AddDays(30)));
        Assert.Equal(Sample.Today.AddDays(30), Cells.TurnsOn(subject, Sample.Today));
        Assert.Null(Cells.TurnsOn(subject, Sample.Today.AddDays(30)));
    }

    [Fact]
    public void A_class_day_that_is_no_school_day_is_not_counted() => Assert.Empty(Sample.Names(ClassDay(RollState.NotDue)));

    [Fact]
    public void An_older_fact_of_a_class_day_changes_nothing()
    {
        var taken = ClassDay(RollState.Taken);
        Assert.Same(taken, taken.After(new ClassDayRecorded(Sample.Id, ClassDayChange.Missed, Facts(RollState.Missing)), new("education", 4, 1)));
    }

    private static List<string> CellsOf(SubjectFacts subject) =>
        [.. Sample.Names(subject).Where(c => c.StartsWith("pupil.attendance.", StringComparison.Ordinal) || c.StartsWith("pupil.truancy.", StringComparison.Ordinal))];

    private static SubjectFacts Attending(PupilFacts pupil, AttendanceState state, int run) => Sample.Of(pupil).After(Told(state, run), new("education", 9, 2));

    private static PupilAttendanceRecorded Told(AttendanceState state, int run) => new(Sample.Id, new(state, Sample.Today, run, run > 0 ? Sample.Today : null));

    private static ClassDayFacts Facts(RollState roll) => new(Sample.Village, Guid.NewGuid(), Sample.Today, roll, 0, 0);

    private static SubjectFacts ClassDay(RollState roll) =>
        new SubjectFacts().After(new ClassDayRecorded(Sample.Id, ClassDayChange.Called, Facts(roll)), new("education", 9, 2));
}
