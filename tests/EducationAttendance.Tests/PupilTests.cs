using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Tests;

public class PupilTests
{
    [Fact]
    public void The_state_is_what_its_events_say()
    {
        var identity = Sample.Identity();
        var pupil = Sample.Pupil(
            new PupilEnrolled("S1", identity, Sample.Facts),
            new PupilLinkedToChild(Sample.Child, Sample.Facts with { ChildId = Sample.Child }),
            new PupilWentOnLeave("3", null, Sample.Facts with { State = EnrolmentState.OnLeave, ChildId = Sample.Child }),
            new PupilReturned(EnrolmentState.OnLeave, "S2", null, Sample.Facts with { ChildId = Sample.Child }),
            new PupilDroppedOut("03", Sample.Facts with { State = EnrolmentState.DroppedOut, ChildId = Sample.Child }));
        Assert.True(pupil.Exists);
        Assert.Equal(("S2", identity.Details.KeyId, "d1", "03"), (pupil.SchoolNo, pupil.KeyId, pupil.IdentityDigest, pupil.DropoutCause));
        Assert.Equal((identity.Details, identity.BlindIndex), (pupil.Details, pupil.BlindIndex));
        Assert.Equal(Sample.Facts with { State = EnrolmentState.DroppedOut, ChildId = Sample.Child }, pupil.Facts);
    }

    [Fact]
    public void A_stream_without_events_is_no_pupil() => Assert.False(Pupils.Pupil.New(Guid.Empty).Exists);

    [Fact]
    public void An_unknown_event_changes_nothing()
    {
        var pupil = Sample.Enrolled();
        Assert.Equal(pupil, pupil.After(new object()));
    }
}
