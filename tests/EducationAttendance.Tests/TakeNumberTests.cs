using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftReason = LeftBehind.EducationAttendance.Pupils.LeftReason;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>The lasting student number comes in the place of a temporary one: the pupil stays one.</summary>
public class TakeNumberTests
{
    private const string Lasting = "G" + Sample.IdNumber;
    private static readonly TakeNumber Take = new(Sample.Reading, Sample.Keys);
    private static readonly Guid OfLasting = Sample.Keys.Pupil("student-roll", TakeNumber.NumberOf(Row(Lasting)));
    private static readonly PupilDetails Known = new("测试", "", "L2026000001");

    [Fact]
    public void The_pupil_stays_and_the_number_means_it_from_now_on()
    {
        var (pupil, row) = (Temporary(), Sample.Row(Row(Lasting)));
        var taken = Take.Decide(row, pupil, Pupil.New(OfLasting), erased: false, Known, Sample.County, Sample.Seal);
        Assert.Equal((OfLasting, pupil.Id), taken.Means);
        var assigned = Assert.IsType<LastingNumberAssigned>(taken.Event);
        Assert.Equal(Sample.Numbers.Of(Sample.IdNumber), assigned.Identity!.BlindIndex);
        Assert.True(Sample.PersonKey.TryUnsealJson<PupilDetails>(assigned.Identity.Details, out var details));
        Assert.Equal(new PupilDetails("测试", Sample.IdNumber, Lasting), details);
        Assert.Equal((Verdict.Applied, pupil.Id.ToString()), (Sample.Answer(row).Verdict, Sample.Answer(row).SubjectId));
        Assert.Equal(pupil.Facts, pupil.After(assigned).Facts);
    }

    [Fact]
    public void What_nobody_knew_is_read_from_it()
    {
        var pupil = Temporary(Sample.Facts with { BirthDate = null, Sex = Sex.NotCollected });
        var taken = Take.Decide(Sample.Row(Row(Lasting)), pupil, Pupil.New(OfLasting), erased: false, Known, Sample.County, Sample.Seal);
        Assert.Equal((new DateOnly(1949, 12, 31), Sex.Female), (taken.Event!.After.BirthDate!.Value, taken.Event.After.Sex));
    }

    [Fact]
    public void Told_again_it_changes_nothing()
    {
        var (pupil, row) = (Temporary(), Sample.Row(Row(Lasting)));
        Assert.Equal(NumberTaken.Nothing, Take.Decide(row, pupil, pupil, erased: false, Known with { StudentNo = Lasting }, Sample.County, Sample.Seal));
        Assert.Equal(Verdict.Unchanged, Sample.Answer(row).Verdict);
    }

    [Fact]
    public void Enrolled_before_as_another_pupil_the_temporary_record_ends_as_its_duplicate()
    {
        var (pupil, row) = (Temporary(), Sample.Row(Row(Lasting)));
        var other = Pupil.New(OfLasting).After(new PupilEnrolled("S1", Sample.Identity("d2"), Sample.Facts));
        var taken = Take.Decide(row, pupil, other, erased: false, Known, Sample.County, Sample.Seal);
        Assert.Equal(LeftReason.DuplicateRecord, Assert.IsType<PupilLeft>(taken.Event).Reason);
        Assert.Equal((pupil.Id, other.Id), taken.Means);
        Assert.Equal(other.Id.ToString(), Sample.Answer(row).SubjectId);
    }

    [Fact]
    public void Of_another_birth_date_or_sex_or_county_it_is_another_pupils()
    {
        var (born, elsewhere) = (Sample.Facts with { BirthDate = new(2013, 1, 1) }, Sample.Facts with { School = Sample.Id(Sample.Elsewhere) });
        foreach (var facts in new[] { born, elsewhere, Sample.Facts with { Sex = Sex.Male } })
        {
            var row = Sample.Row(Row(Lasting));
            var other = Pupil.New(OfLasting).After(new PupilEnrolled("S1", Sample.Identity("d2"), facts));
            Assert.Equal(NumberTaken.Nothing, Take.Decide(row, Temporary(), other, erased: false, Known, Sample.County, Sample.Seal));
            Assert.Equal((Verdict.Rejected, "number_assigned.lasting_student_no"), (Sample.Answer(row).Verdict, Sample.Answer(row).Field));
        }
    }

    [Fact]
    public void Nobody_is_found_out_and_nothing_is_brought_back()
    {
        var unknown = Sample.Row(Row(Lasting));
        Take.Decide(unknown, Sample.Pupil(), Pupil.New(OfLasting), erased: false, null, Sample.County, Sample.Seal);
        Assert.Equal((Verdict.Waiting, "enrolment"), (Sample.Answer(unknown).Verdict, Sample.Answer(unknown).WaitingFor));
        var beside = Sample.Row(Row(Lasting));
        Take.Decide(beside, Temporary(Sample.Facts with { School = Sample.Id(Sample.Elsewhere) }), Pupil.New(OfLasting), erased: false, Known, Sample.County, Sample.Seal);
        Assert.Equal((Verdict.Rejected, RollRowCheck.NotYours), (Sample.Answer(beside).Verdict, Sample.Answer(beside).Reason));
        var erased = Sample.Row(Row(Lasting));
        Assert.Equal(NumberTaken.Nothing, Take.Decide(erased, Temporary().After(new PupilErased(Sample.Facts)), Pupil.New(OfLasting), erased: true, null, Sample.County, Sample.Seal));
        Assert.Equal(Verdict.Unchanged, Sample.Answer(erased).Verdict);
    }

    private static Pupil Temporary(PupilFacts? facts = null) => Sample.Enrolled(facts);

    private static RollRow Row(string lasting) => new() { NumberAssigned = new() { LastingStudentNo = lasting } };
}
