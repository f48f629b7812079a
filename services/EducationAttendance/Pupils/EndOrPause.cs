using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>Leave, dropout and graduation, as the roll tells them. Null when the record says so already. Pure.</summary>
public static class EndOrPause
{
    /// <summary>休学: with the approval of town or county, without which there is no leave (义务教育法 §11).</summary>
    public static IPupilEvent? GoOnLeave(Pupil pupil, Leave leave, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.OnLeave && pupil.Leave == leave
            ? null : new PupilWentOnLeave(leave.ApprovalNo, leave.Until, pupil.From(on, pupil.Facts with { State = EnrolmentState.OnLeave }));

    /// <summary>辍学登记.</summary>
    public static IPupilEvent? DropOut(Pupil pupil, string? causeCode, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.DroppedOut && pupil.DropoutCause == causeCode
            ? null : new PupilDroppedOut(causeCode, pupil.From(on, pupil.Facts with { State = EnrolmentState.DroppedOut }));

    /// <summary>毕业.</summary>
    public static IPupilEvent? Graduate(Pupil pupil, DateOnly on) =>
        pupil.Facts.State is EnrolmentState.Graduated ? null : new PupilGraduated(pupil.From(on, pupil.Facts with { State = EnrolmentState.Graduated }));
}
