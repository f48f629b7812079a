using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftReason = LeftBehind.Protos.Education.V1.LeftReason;
using Stage = LeftBehind.Contracts.Education.Stage;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>What a roll row says that cannot be so of this pupil. Pure.</summary>
internal static class RollFaults
{
    public static (string Field, string Reason)? Of(PushedRow<RollRow> row, Pupil pupil) => row.Row.RowCase switch
    {
        not RollRow.RowOneofCase.Enrolled when pupil.Facts.BirthDate > row.EffectiveOn => ("effective_on", "before the pupil was born"),
        RollRow.RowOneofCase.Enrolled when row.Row.Enrolled.BirthDate.Length == 0 && pupil.Facts.BirthDate > row.EffectiveOn => ("effective_on", "before the pupil was born"),
        // A transfer told again finds the pupil where it was received, and is unchanged.
        RollRow.RowOneofCase.Transferred when IsOwn(pupil, row.Row.Transferred.SchoolNo) && !pupil.WasReceived => ("transferred.school_no", "the school that the pupil is in"),
        RollRow.RowOneofCase.TransferAnnounced when IsOwn(pupil, row.Row.TransferAnnounced.SchoolNo) => ("transfer_announced.school_no", "the school that the pupil is in"),
        RollRow.RowOneofCase.DroppedOut when pupil.Facts.State is EnrolmentState.RollGap => ("dropped_out", "let go to another school and not received yet: a roll gap is no dropout"),
        RollRow.RowOneofCase.Left when row.Row.Left.Reason is LeftReason.Withdrew && pupil.Facts.Stage is Stage.Primary or Stage.JuniorMiddle =>
            ("left.reason", "nobody withdraws from compulsory school (义务教育法 §2): dropped_out"),
        _ => null,
    };

    /// <summary>Enrolled at a school while another one has it: the later enrolment counts, and the partner is told.</summary>
    public static void Warn(PushedRow<RollRow> row, Pupil pupil)
    {
        if (row.Row.RowCase is RollRow.RowOneofCase.Enrolled && pupil is { Exists: true, Facts.State: EnrolmentState.Enrolled or EnrolmentState.OnLeave }
            && pupil.SchoolNo != row.Row.Enrolled.SchoolNo)
            row.Warn("enrolled.school_no", "was enrolled at another school, which told no transfer; that enrolment ends");
    }

    private static bool IsOwn(Pupil pupil, string schoolNo) => pupil.SchoolNo == schoolNo && pupil.Facts.State is EnrolmentState.Enrolled or EnrolmentState.OnLeave;
}
