using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using static LeftBehind.EducationAttendance.Tests.Dropout.Cases;

namespace LeftBehind.EducationAttendance.Tests.Dropout;

public class FollowAbsenceTests
{
    [Fact]
    public void A_day_of_unexcused_absence_opens_a_case_and_the_third_in_a_row_is_a_suspicion()
    {
        var known = New.Attending(Absent(Thursday, 1, Thursday));
        Assert.Equal((DropoutStep.UnexcusedAbsenceDetected, Thursday, 1), (known.Step!.Value, known.AbsentSince!.Value, known.Episode));
        Assert.Empty(FollowAbsence.Decide(known, Enrolled, Absent(Wednesday, 2, Thursday), Days));
        var suspected = known.Attending(Absent(ThirdDay, 3, Thursday));
        Assert.Equal((DropoutStep.DropoutSuspected, ThirdDay, 1), (suspected.Step!.Value, suspected.Facts!.Since, suspected.Episode));
        Assert.Empty(FollowAbsence.Decide(suspected, Enrolled, Absent(new(2026, 5, 8), 4, Thursday), Days));
    }

    [Fact]
    public void Three_days_told_at_once_open_the_case_and_suspect_it() =>
        Assert.Equal([typeof(UnexcusedAbsenceDetected), typeof(DropoutSuspected)], FollowAbsence.Decide(New, Enrolled, Absent(ThirdDay, 3, Thursday), Days).Select(e => e.GetType()));

    [Theory]
    [InlineData(Stage.Primary, 2016, true)]
    [InlineData(Stage.JuniorMiddle, 2011, true)]
    [InlineData(Stage.JuniorMiddle, 2009, true)]
    [InlineData(Stage.SeniorHigh, 2010, false)]
    [InlineData(Stage.Vocational, 2011, false)]
    [InlineData(Stage.Kindergarten, 2021, false)]
    [InlineData(Stage.NotCollected, 2016, true)]
    [InlineData(Stage.NotCollected, 2011, false)]
    [InlineData(Stage.NotCollected, 2021, false)]
    public void Only_who_is_in_compulsory_school_can_drop_out(Stage stage, int born, bool opens)
    {
        var pupil = Sample.Enrolled(Sample.Facts with { Stage = stage, BirthDate = new(born, 5, 1) });
        Assert.Equal(opens, FollowAbsence.Decide(New, pupil, Absent(Thursday, 1, Thursday), Days).Any());
        var left = Sample.Pupil(new PupilEnrolled("S1", Sample.Identity(), pupil.Facts), new PupilDroppedOut(null, pupil.Facts with { State = EnrolmentState.DroppedOut }));
        Assert.Equal(opens, FollowRoll.Decide(New, pupil, left, Thursday).Any());
    }

    [Fact]
    public void Whoever_is_not_enrolled_or_erased_opens_no_case()
    {
        foreach (var pupil in (Pupil[])[Sample.Enrolled(Sample.Facts with { State = EnrolmentState.OnLeave }), Sample.Pupil(), Enrolled.After(new PupilErased(Sample.Facts))])
            Assert.Empty(FollowAbsence.Decide(New, pupil, Absent(Thursday, 1, Thursday), Days));
    }

    [Fact]
    public void A_corrected_mark_takes_the_case_back_while_nothing_was_done()
    {
        foreach (var known in (DropoutCase[])[At(DropoutStep.UnexcusedAbsenceDetected), New.Attending(Absent(ThirdDay, 3, Thursday))])
        {
            var corrected = known.Attending(Present(known.AbsentOn!.Value));
            Assert.Equal((DropoutStep.Ended, DropoutEnd.NoLongerUnexcused), (corrected.Step!.Value, corrected.Facts!.Ended!.Value));
            var excused = known.Attending(new(AttendanceState.Absent, known.AbsentOn!.Value, 0, null));
            Assert.Equal(DropoutEnd.NoLongerUnexcused, excused.Facts!.Ended);
        }
    }

    [Fact]
    public void A_corrected_mark_withdraws_a_suspicion_alone_when_days_of_absence_are_left()
    {
        var known = New.Attending(Absent(ThirdDay, 3, Thursday)).Attending(Absent(ThirdDay, 2, Wednesday));
        Assert.Equal((DropoutStep.UnexcusedAbsenceDetected, Wednesday), (known.Step!.Value, known.AbsentSince!.Value));
        Assert.Equal(DropoutStep.DropoutSuspected, known.Attending(Absent(new(2026, 5, 8), 3, Wednesday)).Step);
        // Once something was done, it stands.
        Assert.Equal(DropoutStep.DropoutSuspected, At(DropoutStep.DropoutSuspected).Attending(Absent(ThirdDay, 2, Wednesday)).Step);
    }

    [Fact]
    public void At_school_again_before_a_suspicion_ends_the_case_and_from_then_on_it_is_a_return()
    {
        foreach (var step in (DropoutStep[])[DropoutStep.UnexcusedAbsenceDetected, DropoutStep.GuardianContacted, DropoutStep.HomeVisited])
            Assert.Equal(DropoutEnd.AttendedAgain, At(step).Attending(Present(ThirdDay)).Facts!.Ended);
        foreach (var step in Steps.Where(s => s is >= DropoutStep.DropoutSuspected and < DropoutStep.Returned))
            Assert.Equal((DropoutStep.Returned, (DropoutEnd?)null), (At(step).Attending(Present(Late)).Step!.Value, At(step).Attending(Present(Late)).Facts!.Ended));
    }

    [Fact]
    public void Excused_is_not_at_school()
    {
        Assert.Equal(DropoutStep.DropoutSuspected, At(DropoutStep.DropoutSuspected).Attending(new(AttendanceState.Absent, Late, 0, null)).Step);
        Assert.Equal(DropoutStep.PersuasionStarted, At(DropoutStep.PersuasionStarted).Attending(new(AttendanceState.NotTaken, Late, 0, null)).Step);
    }

    [Theory]
    [InlineData("2026-09-01", true)]
    [InlineData("2026-10-15", true)]
    [InlineData("2026-10-16", false)]
    public void An_absence_within_thirty_school_days_of_a_return_is_a_relapse_and_a_later_one_a_new_episode(string day, bool relapse)
    {
        // 2 July is the return; 3 July is the last day of term; 25 September and 1 to 7 October are off, 20 September and 10 October are worked.
        var on = DateOnly.Parse(day, null);
        var known = At(DropoutStep.Returned).Attending(Absent(on, 1, on));
        Assert.Equal((DropoutStep.UnexcusedAbsenceDetected, relapse ? 1 : 0, 2), (known.Step!.Value, known.Facts!.Relapses, known.Episode));
        Assert.Equal(relapse, Days.Between(new(2026, 7, 3), on).Count() <= FollowAbsence.MonitoredDays);
        Assert.Empty(known.Record);
    }

    [Fact]
    public void Days_before_the_return_are_answered_by_it()
    {
        var known = At(DropoutStep.Returned);
        Assert.Empty(FollowAbsence.Decide(known, Enrolled, Absent(Late, 9, Thursday), Days));
        var next = known.Attending(Absent(new(2026, 7, 3), 10, Thursday));
        Assert.Equal((DropoutStep.UnexcusedAbsenceDetected, new DateOnly(2026, 7, 3)), (next.Step!.Value, next.AbsentSince!.Value));
    }
}
