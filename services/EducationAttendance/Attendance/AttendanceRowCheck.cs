using System.Globalization;
using System.Text.RegularExpressions;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>Checks one attendance row by itself, field by field. Pure.</summary>
public sealed partial class AttendanceRowCheck(RollKeys keys)
{
    private const int MostExceptions = 200, LongestReason = 20, LongestAccount = 100;
    private const decimal Smallest = 0.001m;

    public RowKeys? Check(PushedRow<AttendanceRow> row)
    {
        var r = row.Row;
        if (!RowText.CanBeKept(row)
            || !Numbered(row, "school_no", r.SchoolNo) || !Numbered(row, "class_no", r.ClassNo) || !Date(row, out var date)
            || !(r.Session is Protos.Education.V1.Session.Unspecified ? Fields.Wrong(row, "session", "required") : Fields.Known(row, "session", r.Session)))
            return null;
        var session = keys.Session(SchoolClass.DayId(ClassOf(row), date), (int)r.Session);
        return r.RowCase switch
        {
            AttendanceRow.RowOneofCase.RollCall => IsRight(row, r.RollCall, date) ? new(session, Provides: session) : null,
            AttendanceRow.RowOneofCase.Exception => IsRight(row, "exception", r.Exception, out var pupil) ? new(keys.SessionOfPupil(session, pupil)) : null,
            _ => Fields.Wrong(row, "row", "one of roll_call, exception is required") ? null : null,
        };
    }

    public Guid ClassOf(PushedRow<AttendanceRow> row) => keys.Class(row.Source, row.Row.SchoolNo, row.Row.ClassNo);

    public Guid SessionOf(Guid classDay, Protos.Education.V1.Session session) => keys.Session(classDay, (int)session);

    public Guid MarkOf(Guid session, Guid pupil) => keys.SessionOfPupil(session, pupil);

    public static DateOnly DateOf(AttendanceRow row) => Fields.Day(row.Date, out var day) ? day : throw new InvalidOperationException("A row without a date was let in.");

    /// <summary>A roll call of a checked row.</summary>
    public ToldRoll Read(PushedRow<AttendanceRow> row)
    {
        var call = row.Row.RollCall;
        return new((Session)row.Row.Session, SubmittedAt(call.SubmittedAt) ?? row.OccurredAt, call.By.Length == 0 ? null : call.By, row.Sequence,
            [.. call.Exceptions.Select(e => Read(row, e))]);
    }

    /// <summary>An exception of a checked row.</summary>
    public Mark Read(PushedRow<AttendanceRow> row, AttendanceException told) => new(
        StudentNo.TryRead(told.StudentNo, out var no) ? keys.Pupil(row.Source, no) : throw new InvalidOperationException("A row without a student number was let in."),
        (Category)told.Category, Fraction(told.Fraction) ?? 0, told.ReasonCode.Length == 0 ? null : told.ReasonCode, row.Sequence);

    private bool IsRight(PushedRow<AttendanceRow> row, RollCall call, DateOnly date)
    {
        if (call.Exceptions.Count > MostExceptions)
            return Fields.Wrong(row, "roll_call.exceptions", $"at most {MostExceptions}");
        if (call.SubmittedAt.Length > 0 && (SubmittedAt(call.SubmittedAt) is not { } at || at > row.OccurredAt))
            return Fields.Wrong(row, "roll_call.submitted_at", "not a time in RFC 3339 up to occurred_at");
        if (WorkCalendar.DayOf(SubmittedAt(call.SubmittedAt) ?? row.OccurredAt) < date)
            return Fields.Wrong(row, "roll_call.submitted_at", "before the school day");
        if (call.By.Length > LongestAccount || (call.By.Length > 0 && !IsAccount().IsMatch(call.By)) || PersonalNumbers.AreIn(call.By))
            return Fields.Wrong(row, "roll_call.by", $"an account of at most {LongestAccount} ASCII letters, digits and -_.:");
        var seen = new HashSet<Guid>();
        for (var i = 0; i < call.Exceptions.Count; i++)
            if (!IsRight(row, $"roll_call.exceptions[{i}]", call.Exceptions[i], out var pupil)
                || !(seen.Add(pupil) || Fields.Wrong(row, $"roll_call.exceptions[{i}].student_no", "named twice")))
                return false;
        return true;
    }

    private bool IsRight(PushedRow<AttendanceRow> row, string within, AttendanceException told, out Guid pupil)
    {
        pupil = default;
        if (!StudentNo.TryRead(told.StudentNo, out var no))
            return Fields.Wrong(row, within + ".student_no", "1 to 64 letters and digits");
        pupil = keys.Pupil(row.Source, no);
        if (told.Category is AttendanceCategory.Unspecified)
            return Fields.Wrong(row, within + ".category", "required");
        if (!Fields.Known(row, within + ".category", told.Category))
            return false;
        var misses = told.Category is AttendanceCategory.Excused or AttendanceCategory.Unexcused;
        if (Fraction(told.Fraction) is not { } fraction || fraction > 1 || (misses ? fraction < Smallest : fraction != 0))
            return Fields.Wrong(row, within + ".fraction", misses ? "over 0 up to 1, at most three decimals" : "0 for whoever was there");
        return (told.ReasonCode.Length <= LongestReason && told.ReasonCode.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
                || Fields.Wrong(row, within + ".reason_code", $"at most {LongestReason} letters and digits"))
            && Fields.Impersonal(row, within + ".reason_code", told.ReasonCode);
    }

    private static bool Numbered(PushedRow<AttendanceRow> row, string field, string value) => Fields.Number(row, field, value) && Fields.Impersonal(row, field, value);

    private static bool Date(PushedRow<AttendanceRow> row, out DateOnly date) =>
        (Fields.Day(row.Row.Date, out date) || Fields.Wrong(row, "date", "not a date as yyyy-MM-dd"))
        && (date <= WorkCalendar.DayOf(row.OccurredAt) || Fields.Wrong(row, "date", "after the day on which the row happened"))
        && (row.Row.EffectiveOn.Length == 0 || row.EffectiveOn == date || Fields.Wrong(row, "effective_on", "not the day of the roll call"));

    private static decimal? Fraction(string text) => text.Length == 0 ? 0
        : IsFraction().IsMatch(text) ? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    private static DateTimeOffset? SubmittedAt(string text) =>
        IsRfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at.ToUniversalTime() : null;

    [GeneratedRegex(@"\A[0-9](\.[0-9]{1,3})?\z")]
    private static partial Regex IsFraction();

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]+\z")]
    private static partial Regex IsAccount();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex IsRfc3339();
}
