using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using Approver = LeftBehind.Protos.Education.V1.Approver;
using LeftReason = LeftBehind.Protos.Education.V1.LeftReason;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>Checks one roll row by itself, field by field. Pure.</summary>
public sealed class RollRowCheck(DivisionTree tree, RollKeys keys)
{
    /// <summary>One answer for a code that is unknown and for one that is somebody else's.</summary>
    public const string NotYours = "not a village in your divisions";

    private const int LongestCause = 20, HighestGrade = 12;

    public RowKeys? Check(PushedRow<RollRow> row)
    {
        if (!RowText.CanBeKept(row))
            return null;
        if (!StudentNo.TryRead(row.Row.StudentNo, out var studentNo))
            return Rejected(row, "student_no", "1 to 64 letters and digits");
        var right = row.Row.RowCase switch
        {
            RollRow.RowOneofCase.Enrolled => Enrolled(row, row.Row.Enrolled),
            RollRow.RowOneofCase.Transferred => Transferred(row, row.Row.Transferred),
            RollRow.RowOneofCase.OnLeave => OnLeave(row, row.Row.OnLeave),
            RollRow.RowOneofCase.DroppedOut => DroppedOut(row, row.Row.DroppedOut),
            RollRow.RowOneofCase.Graduated or RollRow.RowOneofCase.HomeTaught => true,
            RollRow.RowOneofCase.Deferred => Approved(row, "deferred", row.Row.Deferred.ApprovalNo, row.Row.Deferred.Until, row.Row.Deferred.ApprovedBy)
                && (row.Row.Deferred.ApprovedBy is not Approver.Unknown || Fields.Wrong(row, "deferred.approved_by", "required (义务教育法 §11)")),
            RollRow.RowOneofCase.Left => Fields.Known(row, "left.reason", row.Row.Left.Reason)
                && (row.Row.Left.Reason is not LeftReason.Unspecified || Fields.Wrong(row, "left.reason", "required")),
            RollRow.RowOneofCase.TransferAnnounced => Fields.Number(row, "transfer_announced.school_no", row.Row.TransferAnnounced.SchoolNo)
                && Fields.Impersonal(row, "transfer_announced.school_no", row.Row.TransferAnnounced.SchoolNo),
            RollRow.RowOneofCase.NumberAssigned => (studentNo.IsTemporary || Fields.Wrong(row, "student_no", "a lasting number comes in the place of an L or J number"))
                && (StudentNo.TryRead(row.Row.NumberAssigned.LastingStudentNo, out var lasting) && lasting.IsLasting || Fields.Wrong(row, "number_assigned.lasting_student_no", "G and the ID number")),
            _ => Fields.Wrong(row, "row", "a kind is required: enrolled, transferred, on_leave, …"),
        };
        if (!right)
            return null;
        var pupil = keys.Pupil(row.Source, studentNo);
        return new(keys.Ordered(pupil), Provides: row.Row.RowCase is RollRow.RowOneofCase.Enrolled ? pupil : null);
    }

    /// <summary>The village of a code on a day; null when the code is unknown or no village's.</summary>
    public DivisionId? Village(string code, DateOnly on) =>
        DivisionCode.TryParse(code, out var parsed) && parsed.Level is DivisionLevel.Village ? tree.Resolve(parsed, on) : null;

    private bool Enrolled(PushedRow<RollRow> row, Enrolled e) =>
        Fields.Text(row, "enrolled.name", e.Name, Fields.LongestName) && Fields.Text(row, "enrolled.id_number", e.IdNumber, Fields.LongestName)
        && Fields.Past(row, "enrolled.birth_date", e.BirthDate) && Fields.Known(row, "enrolled.sex", e.Sex)
        && Fields.Text(row, "enrolled.class_no", e.ClassNo, Fields.LongestNumber) && Fields.Impersonal(row, "enrolled.class_no", e.ClassNo)
        && (e.Grade is >= 0 and <= HighestGrade || Fields.Wrong(row, "enrolled.grade", $"1 to {HighestGrade}"))
        && School(row, "enrolled", e.SchoolNo, e.SchoolCode, e.Stage, e.Boarding);

    private bool Transferred(PushedRow<RollRow> row, Transferred t) => School(row, "transferred", t.SchoolNo, t.SchoolCode, t.Stage, t.Boarding);

    private bool School(PushedRow<RollRow> row, string kind, string number, string code, Protos.Education.V1.Stage stage, Boarding boarding) =>
        Fields.Number(row, kind + ".school_no", number) && Fields.Impersonal(row, kind + ".school_no", number)
        && Fields.Known(row, kind + ".stage", stage) && Fields.Known(row, kind + ".boarding", boarding)
        && (Village(code, row.EffectiveOn) is not null || Fields.Wrong(row, kind + ".school_code", NotYours));

    private static bool OnLeave(PushedRow<RollRow> row, OnLeave l) => Approved(row, "on_leave", l.ApprovalNo, l.Until, l.ApprovedBy);

    private static bool Approved(PushedRow<RollRow> row, string kind, string approvalNo, string told, Approver approver)
    {
        if (string.IsNullOrWhiteSpace(approvalNo))
            return Fields.Wrong(row, kind + ".approval_no", "required: it is approved by town or county (义务教育法 §11)");
        if (!Fields.Text(row, kind + ".approval_no", approvalNo, Fields.LongestNumber) || !Fields.Impersonal(row, kind + ".approval_no", approvalNo)
            || !Fields.Known(row, kind + ".approved_by", approver))
            return false;
        if (told.Length == 0)
            return true;
        return Fields.Day(told, out var until)
            ? until >= row.EffectiveOn || Fields.Wrong(row, kind + ".until", "before the day the row counts from")
            : Fields.Wrong(row, kind + ".until", "not a date as yyyy-MM-dd");
    }

    /// <summary>A code and no words: words about a person would have to be sealed.</summary>
    private static bool DroppedOut(PushedRow<RollRow> row, DroppedOut d) =>
        (d.CauseCode.Length <= LongestCause && d.CauseCode.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
        || Fields.Wrong(row, "dropped_out.cause_code", $"at most {LongestCause} letters and digits"))
        && Fields.Impersonal(row, "dropped_out.cause_code", d.CauseCode);

    private static RowKeys? Rejected(PushedRow<RollRow> row, string field, string reason)
    {
        row.Reject(field, reason);
        return null;
    }
}
