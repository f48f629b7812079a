using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Erasure;
using LeftBehind.EducationAttendance.Matching;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>A pupil is erased with its child, is counted as before, and no push brings it back.</summary>
public class ErasePupilsTests
{
    private static readonly Pupil Known = Sample.Enrolled(Sample.Facts with { ChildId = Sample.Child });
    private static readonly Pupil Erased = ErasePupils.Decide(Known).Aggregate(Known, (p, e) => p.After(e));

    [Fact]
    public void The_facts_stay_and_the_identity_goes_once()
    {
        Assert.Equal((true, Known.Facts, null, ""), (Erased.Erased, Erased.Facts, Erased.Details, Erased.IdentityDigest));
        Assert.Empty(ErasePupils.Decide(Erased));
        Assert.Empty(ErasePupils.Decide(Sample.Pupil()));
        Assert.Null(Link.Ask(Erased, Sample.PersonKey, Sample.Registry));
    }

    [Fact]
    public void It_is_told_without_a_word_of_the_pupil()
    {
        var facts = new EducationRelay().Translate(new(1, Guid.NewGuid(), Known.Id, 2, new PupilErased(Known.Facts), new(DateTimeOffset.UnixEpoch, Sample.Day))).ToList();
        Assert.Equal(PupilChange.PersonalDataErased, Assert.IsType<PupilRecorded>(facts[0].Fact).Change);
        Assert.DoesNotContain(facts, f => f.Fact is PupilAwaitsMatch);
    }

    [Fact]
    public void Its_identity_pushed_again_is_unchanged_and_says_why()
    {
        var (e, answer) = Take(Sample.EnrolledRow(r => r.Name = "另名"), Erased, erased: true);
        Assert.Null(e);
        Assert.Equal((Verdict.Unchanged, "erased", Erased.Id.ToString()), (answer.Verdict, answer.Reason, answer.SubjectId));
    }

    [Fact]
    public void Its_facts_go_on() =>
        Assert.Equal(EnrolmentState.Graduated, Take(new() { Graduated = new() }, Erased, erased: true).Event!.After.State);

    [Fact]
    public void Under_an_erased_number_no_pupil_is_opened_and_no_row_waits()
    {
        foreach (var row in (RollRow[])[Sample.EnrolledRow(), new() { Graduated = new() }])
        {
            var (e, answer) = Take(row, Sample.Pupil(), erased: true);
            Assert.Null(e);
            Assert.Equal((Verdict.Unchanged, WaitingOfErased.Reason, ""), (answer.Verdict, answer.Reason, answer.SubjectId));
        }
    }

    [Fact]
    public void The_number_of_a_row_is_its_own_or_that_of_a_G_student_number()
    {
        Assert.Equal(Sample.Numbers.Of(Sample.IdNumber), Sample.Reading.NumberOf(Sample.EnrolledRow(r => r.IdNumber = Sample.IdNumber)));
        Assert.Equal(Sample.Numbers.Of(Sample.IdNumber), Sample.Reading.NumberOf(new() { StudentNo = "G" + Sample.IdNumber, Graduated = new() }));
        Assert.Null(Sample.Reading.NumberOf(Sample.EnrolledRow()));
    }

    private static (IPupilEvent? Event, RowVerdict Answer) Take(RollRow row, Pupil pupil, bool erased)
    {
        var pushed = Sample.Row(row);
        return (Sample.Take.Decide(pushed, pupil, erased, Sample.County, Sample.Seal), Sample.Answer(pushed));
    }
}
