using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Tests.Dropout;

/// <summary>The school's register of dropouts and the roll's state agree in what is counted.</summary>
public class FollowRegisterTests
{
    private static readonly DropoutStep[] Registered = [.. Enum.GetValues<DropoutStep>().Where(s => s is >= DropoutStep.DropoutRegistered and < DropoutStep.Returned)];

    [Fact]
    public void Whom_its_school_registered_counts_as_a_dropout_until_it_is_back_though_the_roll_has_it_enrolled() =>
        Assert.All(Enum.GetValues<DropoutStep>(), step => Assert.Equal(
            Registered.Contains(step) ? EnrolmentState.DroppedOut : EnrolmentState.Enrolled, Counted(Cases.At(step), Cases.Enrolled)));

    [Fact]
    public void Who_is_back_counts_as_enrolled_though_the_roll_still_has_it_dropped_out() =>
        Assert.All(Enum.GetValues<DropoutStep>(), step => Assert.Equal(
            step is DropoutStep.Returned ? EnrolmentState.Enrolled : EnrolmentState.DroppedOut, Counted(Cases.At(step), DroppedOut)));

    [Fact]
    public void Where_both_agree_nothing_is_kept() =>
        Assert.All(Registered, step => Assert.Empty(FollowRegister.Decide(Cases.At(step), DroppedOut)));

    [Fact]
    public void Told_again_it_changes_nothing_whatever_step_follows()
    {
        var registered = After(Cases.At(DropoutStep.DropoutRegistered), Cases.Enrolled);
        Assert.All(Registered, step => Assert.Empty(FollowRegister.Decide(Cases.At(step), registered)));
        Assert.Equal(new DateOnly(2026, 5, 11), registered.Facts.CountedSince());
    }

    [Fact]
    public void A_new_state_of_the_roll_is_followed()
    {
        var back = After(Cases.At(DropoutStep.Returned), DroppedOut);
        Assert.Equal(EnrolmentState.Enrolled, back.Facts.Counted());
        var again = back.From(new(2026, 9, 1), back.Facts with { State = EnrolmentState.Enrolled });
        Assert.Null(again.Register);
        Assert.Null(back.From(new(2026, 9, 1), back.Facts with { State = EnrolmentState.OnLeave }).Register);
    }

    [Fact]
    public void An_absence_after_the_return_is_no_dropout_until_it_is_registered()
    {
        var back = After(Cases.At(DropoutStep.Returned), DroppedOut);
        Assert.Empty(FollowRegister.Decide(Cases.At(DropoutStep.UnexcusedAbsenceDetected), back));
        Assert.Null(After(Cases.At(DropoutStep.DropoutRegistered), back).Facts.Register);
    }

    [Fact]
    public void What_an_erased_pupil_counted_as_stays_so()
    {
        var registered = After(Cases.At(DropoutStep.DropoutRegistered), Cases.Enrolled);
        var erased = FollowRoll.Erase(Cases.At(DropoutStep.DropoutRegistered), new(2026, 6, 1)).Aggregate(Cases.At(DropoutStep.DropoutRegistered), (c, e) => c.After(e));
        Assert.Empty(FollowRegister.Decide(erased, registered));
        Assert.Equal(EnrolmentState.DroppedOut, registered.Facts.Counted());
    }

    private static Pupil DroppedOut => Cases.Enrolled.After(new PupilDroppedOut(null, Sample.Facts with { State = EnrolmentState.DroppedOut }));

    private static EnrolmentState Counted(DropoutCase known, Pupil pupil) => After(known, pupil).Facts.Counted();

    private static Pupil After(DropoutCase known, Pupil pupil) => FollowRegister.Decide(known, pupil).Aggregate(pupil, (p, e) => p.After(e));
}
