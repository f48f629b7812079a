using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using static LeftBehind.EducationAttendance.Tests.Dropout.Cases;

namespace LeftBehind.EducationAttendance.Tests.Dropout;

public class FollowRollTests
{
    private static readonly Pupil DroppedOut = Enrolled.After(new PupilDroppedOut("03", Sample.Facts with { State = EnrolmentState.DroppedOut }));

    [Fact]
    public void A_dropout_that_the_roll_tells_is_registered_from_wherever_the_case_stands_before()
    {
        foreach (var step in Steps.Where(s => s is null or < DropoutStep.DropoutRegistered or >= DropoutStep.Returned))
        {
            var known = Told(At(step), Enrolled, DroppedOut);
            Assert.Equal((DropoutStep.DropoutRegistered, Late, true), (known.Step!.Value, known.Facts!.Since, known.IsRegistered));
            Assert.Empty(FollowRoll.Decide(known, DroppedOut, DroppedOut, Late));
        }
        foreach (var step in Steps.Where(s => s is >= DropoutStep.DropoutRegistered and < DropoutStep.Returned))
            Assert.Empty(FollowRoll.Decide(At(step), Enrolled, DroppedOut, Late));
    }

    [Fact]
    public void Enrolled_again_is_a_return()
    {
        var known = Told(Told(New, Enrolled, DroppedOut), DroppedOut, Enrolled);
        Assert.Equal(DropoutStep.Returned, known.Step);
        Assert.Empty(FollowRoll.Decide(known, DroppedOut, Enrolled, Late));
    }

    [Theory]
    [InlineData(EnrolmentState.OnLeave, DropoutEnd.OnLeave)]
    [InlineData(EnrolmentState.Deferred, DropoutEnd.OnLeave)]
    [InlineData(EnrolmentState.HomeTaught, DropoutEnd.OnLeave)]
    [InlineData(EnrolmentState.TransferredOut, DropoutEnd.Transferred)]
    [InlineData(EnrolmentState.RollGap, DropoutEnd.Transferred)]
    [InlineData(EnrolmentState.Graduated, DropoutEnd.Graduated)]
    [InlineData(EnrolmentState.Left, DropoutEnd.LeftRoll)]
    public void Whoever_leaves_has_no_case_any_more_at_any_step(EnrolmentState state, DropoutEnd reason)
    {
        var after = Enrolled.After(new EnrolmentCorrected("S1", null, Sample.Facts with { State = state }));
        foreach (var step in Steps)
            Assert.Equal(At(step).IsOpen ? reason : At(step).Facts?.Ended, Told(At(step), Enrolled, after).Facts?.Ended);
    }

    [Fact]
    public void Another_school_or_another_stage_ends_it_and_another_class_does_not()
    {
        var known = At(DropoutStep.DropoutSuspected);
        Assert.Equal(DropoutEnd.Transferred, Told(known, Enrolled, Enrolled.After(new PupilTransferred(Sample.Facts.School, "S2", Sample.Facts))).Facts!.Ended);
        Assert.Equal(DropoutEnd.NotCompulsory, Told(known, Enrolled, Enrolled.After(new EnrolmentCorrected("S1", null, Sample.Facts with { Stage = Stage.SeniorHigh }))).Facts!.Ended);
        Assert.Same(known, Told(known, Enrolled, Enrolled.After(new EnrolmentCorrected("S1", null, Sample.Facts with { Boarding = false }))));
    }

    [Fact]
    public void An_erased_pupil_ends_what_runs_and_opens_nothing()
    {
        foreach (var step in Steps)
            Assert.Equal(At(step).IsOpen, FollowRoll.Erase(At(step), Late).Any());
        Assert.Empty(FollowRoll.Decide(New, Enrolled, DroppedOut.After(new PupilErased(DroppedOut.Facts)), Late));
    }

    private static DropoutCase Told(DropoutCase known, Pupil before, Pupil after) =>
        FollowRoll.Decide(known, before, after, Late).Aggregate(known, (c, e) => c.After(e));
}
