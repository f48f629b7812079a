using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Tests;

public class EnrolTests
{
    [Fact]
    public void The_first_enrolment_opens_the_pupil()
    {
        var e = Assert.IsType<PupilEnrolled>(Enrol.Decide(Sample.Pupil(), Sample.Told(), Sample.Seal));
        Assert.Equal(Sample.Facts, e.After);
        Assert.Equal("d1", e.Identity!.Digest);
        Assert.NotNull(e.Identity.ToRegistry);
    }

    [Fact]
    public void The_same_enrolment_again_changes_nothing_and_seals_nothing() =>
        Assert.Null(Enrol.Decide(Sample.Enrolled(), Sample.Told(), (_, _) => throw new InvalidOperationException("sealed for nothing")));

    [Fact]
    public void Another_school_corrects_and_leaves_the_identity_alone()
    {
        var e = Assert.IsType<EnrolmentCorrected>(Enrol.Decide(Sample.Enrolled(), Sample.Told() with { SchoolNo = "S9" }, Sample.Seal));
        Assert.Null(e.Identity);
        Assert.Equal(Sample.Facts, e.After);
        Assert.Equal("S9", Sample.Enrolled().After(e).SchoolNo);
    }

    [Fact]
    public void A_new_name_corrects_and_looks_for_the_file_again() =>
        Assert.NotNull(Assert.IsType<EnrolmentCorrected>(Enrol.Decide(Sample.Enrolled(), Sample.Told("d2"), Sample.Seal)).Identity!.ToRegistry);

    [Fact]
    public void A_new_name_of_a_matched_pupil_goes_to_Registry_too_which_looks_whether_the_match_stands() =>
        Assert.NotNull(Assert.IsType<EnrolmentCorrected>(
            Enrol.Decide(Sample.Enrolled(Sample.Facts with { ChildId = Sample.Child }), Sample.Told("d2"), Sample.Seal)).Identity!.ToRegistry);

    [Fact]
    public void What_is_not_told_stays_as_it_is()
    {
        var told = Sample.Told() with { Stage = Stage.NotCollected, BirthDate = null, Sex = Sex.NotCollected, Boarding = null };
        Assert.Null(Enrol.Decide(Sample.Enrolled(), told, Sample.Seal));
    }

    [Theory]
    [InlineData(EnrolmentState.OnLeave, typeof(PupilReturned))]
    [InlineData(EnrolmentState.DroppedOut, typeof(PupilReturned))]
    [InlineData(EnrolmentState.Graduated, typeof(PupilEnrolled))]
    [InlineData(EnrolmentState.TransferredOut, typeof(PupilEnrolled))]
    public void An_enrolment_after_an_end_or_a_pause_begins_again(EnrolmentState from, Type expected)
    {
        var e = Enrol.Decide(Sample.Enrolled(Sample.Facts with { State = from }), Sample.Told(), Sample.Seal);
        Assert.IsType(expected, e);
        Assert.Equal(EnrolmentState.Enrolled, e!.After.State);
        Assert.Null(((IToldIdentity)e).Identity);
    }

    [Fact]
    public void The_file_found_stays_through_a_return()
    {
        var left = Sample.Enrolled(Sample.Facts with { State = EnrolmentState.OnLeave, ChildId = Sample.Child });
        Assert.Equal(Sample.Child, Enrol.Decide(left, Sample.Told(), Sample.Seal)!.After.ChildId);
    }
}
