using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Tests;

public class TransferAndEndTests
{
    private static ToldTransfer To(string code, bool inside) => new("S2", Sample.Id(code), Stage.SeniorHigh, false, inside, Later);

    private static readonly DateOnly Later = Sample.Day.AddDays(30);

    [Fact]
    public void A_pupil_received_inside_is_enrolled_there()
    {
        var e = Assert.IsType<PupilTransferred>(Transfer.Decide(Sample.Enrolled(), To(Sample.Elsewhere, inside: true)));
        Assert.Equal(Sample.Facts with { School = Sample.Id(Sample.Elsewhere), Stage = Stage.SeniorHigh, Boarding = false, Since = Later }, e.After);
        Assert.Equal(Sample.Id(Sample.Here), e.From);
    }

    [Fact]
    public void A_pupil_received_outside_is_out_until_its_own_roll_enrols_it() =>
        Assert.Equal(EnrolmentState.TransferredOut, Transfer.Decide(Sample.Enrolled(), To(Sample.Elsewhere, inside: false))!.After.State);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_transfer_again_changes_nothing(bool inside)
    {
        var pupil = Sample.Enrolled();
        pupil = pupil.After(Transfer.Decide(pupil, To(Sample.Elsewhere, inside))!);
        Assert.Null(Transfer.Decide(pupil, To(Sample.Elsewhere, inside)));
    }

    [Fact]
    public void Stage_and_boarding_that_are_not_told_stay()
    {
        var after = Transfer.Decide(Sample.Enrolled(), new("S2", Sample.Id(Sample.Here), Stage.NotCollected, null, true, Later))!.After;
        Assert.Equal((Stage.JuniorMiddle, true), (after.Stage, after.Boarding));
    }

    [Fact]
    public void Leave_keeps_its_approval()
    {
        var leave = new Leave("苏教〔2026〕3号", new DateOnly(2026, 9, 1));
        var e = Assert.IsType<PupilWentOnLeave>(EndOrPause.GoOnLeave(Sample.Enrolled(), leave, Later));
        Assert.Equal((leave.ApprovalNo, leave.Until, EnrolmentState.OnLeave), (e.ApprovalNo, e.Until, e.After.State));
        Assert.Null(EndOrPause.GoOnLeave(Sample.Enrolled().After(e), leave, Later));
        Assert.NotNull(EndOrPause.GoOnLeave(Sample.Enrolled().After(e), leave with { Until = null }, Later));
    }

    [Fact]
    public void Leave_after_a_return_is_a_new_leave()
    {
        var leave = new Leave("3", null);
        var pupil = Sample.Enrolled();
        pupil = pupil.After(EndOrPause.GoOnLeave(pupil, leave, Later)!);
        pupil = pupil.After(Enrol.Decide(pupil, Sample.Told(), Sample.Seal)!);
        Assert.IsType<PupilWentOnLeave>(EndOrPause.GoOnLeave(pupil, leave, Later));
    }

    [Fact]
    public void A_dropout_is_told_once_and_a_new_cause_again()
    {
        var e = Assert.IsType<PupilDroppedOut>(EndOrPause.DropOut(Sample.Enrolled(), "03", Later));
        Assert.Equal(Sample.Facts with { State = EnrolmentState.DroppedOut, Since = Later }, e.After);
        Assert.Null(EndOrPause.DropOut(Sample.Enrolled().After(e), "03", Later));
        Assert.NotNull(EndOrPause.DropOut(Sample.Enrolled().After(e), "04", Later));
    }

    [Fact]
    public void Graduation_is_told_once()
    {
        var e = Assert.IsType<PupilGraduated>(EndOrPause.Graduate(Sample.Enrolled(), Later));
        Assert.Equal(EnrolmentState.Graduated, e.After.State);
        Assert.Null(EndOrPause.Graduate(Sample.Enrolled().After(e), Later));
    }

    [Fact]
    public void A_state_counts_from_the_day_it_was_told_for_until_it_is_another()
    {
        var (first, second) = (Later.AddDays(1), Later.AddDays(2));
        var pupil = Sample.Enrolled();
        pupil = pupil.After(EndOrPause.DropOut(pupil, "03", Later)!);
        Assert.Equal(Later, pupil.Facts.Since);
        // The cause alone is another; the dropout is as old as it was.
        pupil = pupil.After(EndOrPause.DropOut(pupil, "04", first)!);
        Assert.Equal(Later, pupil.Facts.Since);
        pupil = pupil.After(Enrol.Decide(pupil, Sample.Told() with { On = second }, Sample.Seal)!);
        Assert.Equal(second, pupil.Facts.Since);
        // Linked late, it counts from when it counted.
        pupil = pupil.After(new PupilLinkedToChild(Sample.Child, pupil.Facts with { ChildId = Sample.Child }));
        Assert.Equal(second, pupil.Facts.Since);
        Assert.Equal(second.AddDays(1), pupil.From(second.AddDays(1), pupil.Facts with { Stage = Stage.SeniorHigh }).Since);
    }
}
