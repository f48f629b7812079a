using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>Leave, dropout and graduation, as the roll tells them. Null when the record says so already. Pure.</summary>
public static class EndOrPause
{
    /// <summary>休学: with the approval of town or county, without which there is no leave (义务教育法 §11).</summary>
    public static IPupilEvent? GoOnLeave(Pupil pupil, Leave leave, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.OnLeave && pupil.Leave == leave
            ? null : new PupilWentOnLeave(leave.ApprovalNo, leave.Until, pupil.From(on, pupil.Facts with { State = EnrolmentState.OnLeave }), leave.ApprovedBy);

    /// <summary>缓学: with the same approval.</summary>
    public static IPupilEvent? Defer(Pupil pupil, Leave deferral, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.Deferred && pupil.Leave == deferral
            ? null : new EnrolmentDeferred(deferral.ApprovalNo, deferral.Until, pupil.From(on, pupil.Facts with { State = EnrolmentState.Deferred }), deferral.ApprovedBy);

    /// <summary>送教上门.</summary>
    public static IPupilEvent? TeachAtHome(Pupil pupil, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.HomeTaught ? null : new PupilTaughtAtHome(pupil.From(on, pupil.Facts with { State = EnrolmentState.HomeTaught }));

    /// <summary>Off the roll.</summary>
    public static IPupilEvent? Leave(Pupil pupil, LeftReason reason, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.Left && pupil.LeftFor == reason ? null : new PupilLeft(reason, pupil.From(on, pupil.Facts with { State = EnrolmentState.Left }));

    /// <summary>转出: a roll gap until another school receives it.</summary>
    public static IPupilEvent? AnnounceTransfer(Pupil pupil, string toSchoolNo, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.RollGap && pupil.GapTo == toSchoolNo
            ? null : new PupilTransferAnnounced(toSchoolNo, pupil.From(on, pupil.Facts with { State = EnrolmentState.RollGap }));

    /// <summary>辍学登记.</summary>
    public static IPupilEvent? DropOut(Pupil pupil, string? causeCode, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.DroppedOut && pupil.DropoutCause == causeCode
            ? null : new PupilDroppedOut(causeCode, pupil.From(on, pupil.Facts with { State = EnrolmentState.DroppedOut }));

    /// <summary>毕业.</summary>
    public static IPupilEvent? Graduate(Pupil pupil, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.Graduated ? null : new PupilGraduated(pupil.From(on, pupil.Facts with { State = EnrolmentState.Graduated }));
}
