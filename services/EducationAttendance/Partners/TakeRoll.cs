using LeftBehind.Access;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using Approver = LeftBehind.Protos.Education.V1.Approver;
using Stage = LeftBehind.Contracts.Education.Stage;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>
/// Decides on one roll row: who is not enrolled yet waits for the enrolment; the school's division says who may tell it,
/// before the change, so that a transfer out is accepted. Gives the verdict, and what follows. Pure, as far as the given seal is.
/// </summary>
public sealed class TakeRoll(RollRowCheck check, ReadEnrolment reading)
{
    /// <param name="row">A checked row.</param>
    /// <param name="pupil">The pupil it speaks of.</param>
    /// <param name="erased">The pupil's personal data was erased, or its number is of one who was: later pushes bring nothing back.</param>
    /// <param name="caller">Who tells it.</param>
    /// <param name="seal">Seals the identity when it is told anew.</param>
    public IPupilEvent? Decide(PushedRow<RollRow> row, Pupil pupil, bool erased, Caller caller, SealIdentity seal)
    {
        if (erased && !pupil.Exists)
        {
            row.Erased(null);
            return null;
        }
        if (!pupil.Exists && row.Row.RowCase is not RollRow.RowOneofCase.Enrolled)
        {
            row.Waits("enrolment", pupil.Id);
            return null;
        }
        var (field, code) = SchoolIn(row.Row);
        var school = check.Village(code, row.EffectiveOn);
        if (!caller.Sees(pupil.Exists ? pupil.Facts.School : school!.Value))
        {
            row.Reject(field, RollRowCheck.NotYours);
            return null;
        }
        if (erased && row.Row.RowCase is RollRow.RowOneofCase.Enrolled)
        {
            row.Erased(pupil.Id);
            return null;
        }
        if (RollFaults.Of(row, pupil) is { } fault)
        {
            row.Reject(fault.Field, fault.Reason);
            return null;
        }
        RollFaults.Warn(row, pupil);
        var decided = row.Row.RowCase switch
        {
            RollRow.RowOneofCase.Enrolled => Enrol.Decide(pupil, reading.Read(row, StudentNoOf(row.Row), school!.Value), seal),
            RollRow.RowOneofCase.Transferred => Transfer.Decide(pupil, Told(row.Row.Transferred, school!.Value, caller, row.EffectiveOn)),
            RollRow.RowOneofCase.OnLeave => EndOrPause.GoOnLeave(pupil, Told(row.Row.OnLeave), row.EffectiveOn),
            RollRow.RowOneofCase.DroppedOut => EndOrPause.DropOut(pupil, row.Row.DroppedOut.CauseCode is { Length: > 0 } cause ? cause : null, row.EffectiveOn),
            RollRow.RowOneofCase.Deferred => EndOrPause.Defer(pupil, Told(row.Row.Deferred), row.EffectiveOn),
            RollRow.RowOneofCase.HomeTaught => EndOrPause.TeachAtHome(pupil, row.EffectiveOn),
            RollRow.RowOneofCase.Left => EndOrPause.Leave(pupil, (Pupils.LeftReason)row.Row.Left.Reason, row.EffectiveOn),
            RollRow.RowOneofCase.TransferAnnounced => EndOrPause.AnnounceTransfer(pupil, row.Row.TransferAnnounced.SchoolNo, row.EffectiveOn),
            RollRow.RowOneofCase.Graduated => EndOrPause.Graduate(pupil, row.EffectiveOn),
            _ => throw new InvalidOperationException("A row of no kind was let in."),
        };
        row.Took(pupil.Id, changed: decided is not null);
        return decided;
    }

    /// <summary>The student number of a checked row.</summary>
    public static StudentNo StudentNoOf(RollRow row) =>
        StudentNo.TryRead(row.StudentNo, out var no) ? no : throw new InvalidOperationException("A row without a student number was let in.");

    private static (string Field, string Code) SchoolIn(RollRow row) => row.RowCase switch
    {
        RollRow.RowOneofCase.Enrolled => ("enrolled.school_code", row.Enrolled.SchoolCode),
        RollRow.RowOneofCase.Transferred => ("transferred.school_code", row.Transferred.SchoolCode),
        _ => ("student_no", ""),
    };

    private static ToldTransfer Told(Transferred t, Contracts.DivisionId school, Caller caller, DateOnly on) =>
        new(t.SchoolNo, school, (Stage)t.Stage, ReadEnrolment.BoardingOf(t.Boarding), caller.Sees(school), on);

    private static Leave Told(OnLeave l) => Leave(l.ApprovalNo, l.Until, l.ApprovedBy);

    private static Leave Told(Deferred d) => Leave(d.ApprovalNo, d.Until, d.ApprovedBy);

    private static Leave Leave(string approvalNo, string told, Approver approver) =>
        new(approvalNo.Trim(), Fields.Day(told, out var until) ? until : null, approver is Approver.Unknown ? null : (Pupils.Approver)approver);
}
