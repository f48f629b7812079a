using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using RollClaims = LeftBehind.EducationAttendance.Pupils.RollClaims;
using Stage = LeftBehind.Contracts.Education.Stage;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>What cannot be so of a pupil, and what is taken with a warning.</summary>
public class RollFaultsTests
{
    [Fact]
    public void A_transfer_to_the_school_that_has_the_pupil_is_refused_and_a_transfer_told_again_is_not()
    {
        var own = Sample.TransferredRow(Sample.Here);
        own.Transferred.SchoolNo = "S1";
        Assert.Equal((Verdict.Rejected, "transferred.school_no"), Take(own, Sample.Enrolled()));
        Assert.Equal((Verdict.Rejected, "transfer_announced.school_no"), Take(new() { TransferAnnounced = new() { SchoolNo = "S1" } }, Sample.Enrolled()));
        var received = Sample.Enrolled().After(new PupilTransferred(Sample.Id(Sample.Here), "S2", Sample.Facts with { Boarding = false }));
        Assert.Equal((Verdict.Unchanged, ""), Take(Sample.TransferredRow(Sample.Here), received));
    }

    [Fact]
    public void A_roll_gap_is_no_dropout_and_ends_where_the_pupil_is_received()
    {
        var gap = Sample.Enrolled().After(EndOrPause.AnnounceTransfer(Sample.Enrolled(), "S2", Sample.Day)!);
        Assert.Equal((Verdict.Rejected, "dropped_out"), Take(new() { DroppedOut = new() }, gap));
        Assert.Equal(EnrolmentState.Enrolled, Transfer.Decide(gap, new("S2", Sample.Id(Sample.Here), Stage.NotCollected, null, true, Sample.Day))!.After.State);
        Assert.IsType<PupilEnrolled>(Enrol.Decide(gap, Sample.Told() with { SchoolNo = "S2" }, Sample.Seal));
        Assert.Null(gap.After(new PupilTransferred(default, "S2", Sample.Facts)).GapTo);
    }

    [Fact]
    public void Nothing_happens_to_a_pupil_before_its_birth()
    {
        var unborn = Sample.Enrolled(Sample.Facts with { BirthDate = Sample.Day.AddDays(1) });
        Assert.Equal((Verdict.Rejected, "effective_on"), Take(new() { Graduated = new() }, unborn));
        Assert.Equal((Verdict.Rejected, "effective_on"), Take(Sample.EnrolledRow(e => e.BirthDate = ""), unborn));
    }

    [Fact]
    public void Overlapping_enrolments_are_taken_with_a_warning_and_the_later_counts()
    {
        var row = Sample.Row(Sample.EnrolledRow(e => e.SchoolNo = "S9"));
        Assert.NotNull(Sample.Checks.Check(row));
        Assert.IsType<EnrolmentCorrected>(Sample.Take.Decide(row, Sample.Enrolled(), erased: false, Sample.County, Sample.Seal));
        Assert.Equal((Verdict.Applied, "enrolled.school_no"), (Sample.Answer(row).Verdict, Sample.Answer(row).Field));
    }

    [Fact]
    public void Nobody_withdraws_from_compulsory_school()
    {
        var withdrew = new RollRow { Left = new() { Reason = Protos.Education.V1.LeftReason.Withdrew } };
        Assert.Equal((Verdict.Rejected, "left.reason"), Take(withdrew, Sample.Enrolled()));
        Assert.Equal((Verdict.Applied, ""), Take(withdrew, Sample.Enrolled(Sample.Facts with { Stage = Stage.SeniorHigh })));
    }

    [Fact]
    public void A_class_stays_while_the_school_does_and_claims_stay_until_they_are_told_anew()
    {
        var place = new ClassPlace(Guid.NewGuid(), "3-1", 3);
        var told = Sample.Told() with { Class = place, Claims = new(true, null, null, null) };
        var pupil = Sample.Pupil();
        pupil = pupil.After(Enrol.Decide(pupil, told, Sample.Seal)!);
        Assert.Equal((place, new RollClaims(true, null, null, null)), (pupil.Class, pupil.Claims));
        Assert.Null(Enrol.Decide(pupil, told with { Class = null, Claims = null }, Sample.Seal));
        Assert.Null(Enrol.Decide(pupil, told with { Claims = new(null, null, null, null) }, Sample.Seal));
        pupil = pupil.After(Enrol.Decide(pupil, told with { Claims = new(false, true, null, null) }, Sample.Seal)!);
        Assert.Equal(new RollClaims(false, true, null, null), pupil.Claims);
        pupil = pupil.After(Enrol.Decide(pupil, told with { SchoolNo = "S9", Class = null }, Sample.Seal)!);
        Assert.Null(pupil.Class);
    }

    private static (Verdict, string) Take(RollRow row, Pupil pupil)
    {
        var pushed = Sample.Row(row);
        Assert.NotNull(Sample.Checks.Check(pushed));
        _ = Sample.Take.Decide(pushed, pupil, erased: false, Sample.County, Sample.Seal);
        return (Sample.Answer(pushed).Verdict, Sample.Answer(pushed).Field);
    }
}
