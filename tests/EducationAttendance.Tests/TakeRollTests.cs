using LeftBehind.Access;
using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance.Tests;

public class TakeRollTests
{
    [Fact]
    public void A_new_pupil_inside_is_taken()
    {
        var (e, answer) = Take(Sample.EnrolledRow(), Sample.Pupil(), Sample.County);
        Assert.IsType<PupilEnrolled>(e);
        Assert.Equal((Verdict.Applied, Sample.Pupil().Id.ToString()), (answer.Verdict, answer.SubjectId));
    }

    [Fact]
    public void The_same_row_again_is_unchanged()
    {
        var (e, _) = Take(Sample.EnrolledRow(), Sample.Pupil(), Sample.County);
        Assert.Equal(Verdict.Unchanged, Take(Sample.EnrolledRow(), Sample.Pupil(e!), Sample.County).Answer.Verdict);
    }

    [Fact]
    public void A_new_pupil_of_a_school_outside_is_refused()
    {
        var (e, answer) = Take(Sample.EnrolledRow(r => r.SchoolCode = Sample.Elsewhere), Sample.Pupil(), Sample.County);
        Assert.Null(e);
        Assert.Equal((Verdict.Rejected, "enrolled.school_code", "not a village in your divisions"), (answer.Verdict, answer.Field, answer.Reason));
    }

    [Fact]
    public void A_transfer_out_of_the_county_is_accepted_and_hands_the_pupil_over()
    {
        var (e, _) = Take(Sample.TransferredRow(Sample.Elsewhere), Sample.Enrolled(), Sample.County);
        Assert.Equal(EnrolmentState.TransferredOut, e!.After.State);
        var gone = Sample.Enrolled().After(e);
        Assert.Equal(Verdict.Rejected, Take(new() { Graduated = new() }, gone, Sample.County).Answer.Verdict);
        Assert.IsType<PupilEnrolled>(Take(Sample.EnrolledRow(r => r.SchoolCode = Sample.Elsewhere), gone, Sample.Province).Event);
    }

    [Fact]
    public void A_transfer_within_the_callers_divisions_keeps_the_pupil_enrolled() =>
        Assert.Equal(EnrolmentState.Enrolled, Take(Sample.TransferredRow(Sample.Elsewhere), Sample.Enrolled(), Sample.Province).Event!.After.State);

    public static TheoryData<RollRow> RowsThatNeedAPupil() =>
        [Sample.TransferredRow(Sample.Here), new RollRow { OnLeave = new() { ApprovalNo = "3" } }, new RollRow { DroppedOut = new() }, new RollRow { Graduated = new() },
            new RollRow { Deferred = new() { ApprovalNo = "3", ApprovedBy = Protos.Education.V1.Approver.TownGovernment } }, new RollRow { HomeTaught = new() },
            new RollRow { Left = new() { Reason = Protos.Education.V1.LeftReason.WentAbroad } }, new RollRow { TransferAnnounced = new() { SchoolNo = "S2" } }];

    [Theory]
    [MemberData(nameof(RowsThatNeedAPupil), DisableDiscoveryEnumeration = true)]
    public void Who_is_not_enrolled_yet_waits_for_the_enrolment(RollRow row)
    {
        var (e, answer) = Take(row, Sample.Pupil(), Sample.County);
        Assert.Null(e);
        Assert.Equal((Verdict.Waiting, "enrolment"), (answer.Verdict, answer.WaitingFor));
    }

    [Theory]
    [MemberData(nameof(RowsThatNeedAPupil), DisableDiscoveryEnumeration = true)]
    public void Each_kind_is_taken_once_and_then_unchanged(RollRow row)
    {
        var (e, answer) = Take(row, Sample.Enrolled(), Sample.County);
        Assert.Equal(Verdict.Applied, answer.Verdict);
        Assert.Equal(Verdict.Unchanged, Take(row, Sample.Enrolled().After(e!), Sample.County).Answer.Verdict);
    }

    [Fact]
    public void An_erased_pupil_is_not_told_again()
    {
        var row = Sample.Row(Sample.EnrolledRow(r => r.Name = "测验"));
        Assert.Null(Sample.Take.Decide(row, Sample.Enrolled(), erased: true, Sample.County, Sample.Seal));
        Assert.Equal(Verdict.Unchanged, row.Verdict);
    }

    private static (IPupilEvent? Event, RowVerdict Answer) Take(RollRow row, Pupil pupil, Caller caller)
    {
        var pushed = Sample.Row(row);
        Assert.NotNull(Sample.Checks.Check(pushed));
        return (Sample.Take.Decide(pushed, pupil, erased: false, caller, Sample.Seal), Sample.Answer(pushed));
    }
}
