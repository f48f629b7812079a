using System.Globalization;
using System.Text.RegularExpressions;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Imports;

/// <summary>The way in of Ed-Fi attendance events.</summary>
public sealed partial class EdFiWay(RollKeys keys) : IWayIn<EdFiRow>
{
    private static readonly Dictionary<string, ImportedCategory> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["In Attendance"] = ImportedCategory.InAttendance, ["Excused Absence"] = ImportedCategory.Excused, ["Unexcused Absence"] = ImportedCategory.Unexcused,
        ["Tardy"] = ImportedCategory.Tardy, ["Partial"] = ImportedCategory.Partial,
    };

    public RowFields Fields(EdFiRow row) => new(row.SourceEventId, row.SourceSequence, row.OccurredAt, row.EffectiveOn);

    public RowKeys? Check(PushedRow<EdFiRow> row)
    {
        if (row.Row.AttendanceEvent is not { } told)
            return Wrong(row, "row", "attendance_event is required");
        if (!RowText.CanBeKept(row) || !Numbered(row, "school_id", told.SchoolId) || !Numbered(row, "session_name", told.SessionName))
            return null;
        if (!StudentNo.TryRead(told.StudentUniqueId, out _))
            return Wrong(row, "student_unique_id", "1 to 64 letters and digits");
        if (!Partners.Fields.Day(told.EventDate, out var date) || date > WorkCalendar.DayOf(row.OccurredAt))
            return Wrong(row, "event_date", "not a date as yyyy-MM-dd up to the day it was told");
        if (!Categories.TryGetValue(told.Category, out var category))
            return Wrong(row, "category", "not a category that is known");
        if (Duration(told.Duration) is not <= 1)
            return Wrong(row, "duration", "0 to 1, at most three decimals");
        return new(keys.Imported(DayOf(row, date), PupilOf(row), (int)category));
    }

    public async Task DecideAsync(StoreWork work, IReadOnlyList<PushedRow<EdFiRow>> rows, string? traceparent, CancellationToken ct)
    {
        var read = rows.Select(row => (Row: row, Date: DateOf(row), Mark: new ImportedMark(PupilOf(row), Categories[row.Row.AttendanceEvent.Category], Duration(row.Row.AttendanceEvent.Duration)!.Value))).ToList();
        var days = await work.LoadAsync<ImportedDay>(read.Select(r => DayOf(r.Row, r.Date)), ct);
        var changed = new Dictionary<(Guid Day, Guid Pupil, ImportedCategory), ImportedTable.Kept>();
        foreach (var (row, date, mark) in read)
        {
            var (id, told) = (DayOf(row, date), row.Row.AttendanceEvent);
            var decided = ImportedDay.Decide(days[id], told.SchoolId, told.SessionName, date, mark).ToList();
            foreach (var @event in decided)
            {
                work.Append(id, @event, row.Meta(traceparent) with { EffectiveOn = date });
                days[id] = days[id].After(@event);
            }
            row.Took(mark.Pupil, changed: decided.Count > 0);
            if (decided.Count > 0)
                changed[(id, mark.Pupil, mark.Category)] = new(row.Source, id, date, mark);
        }
        ImportedTable.Write(work, changed.Values);
    }

    private Guid PupilOf(PushedRow<EdFiRow> row) => keys.Pupil(row.Source, StudentNo.TryRead(row.Row.AttendanceEvent.StudentUniqueId, out var no) ? no : default);

    private Guid DayOf(PushedRow<EdFiRow> row, DateOnly date) =>
        keys.ImportedDay(row.Source, row.Row.AttendanceEvent.SchoolId, row.Row.AttendanceEvent.SessionName, date);

    private static DateOnly DateOf(PushedRow<EdFiRow> row) => Partners.Fields.Day(row.Row.AttendanceEvent.EventDate, out var date) ? date : throw new InvalidOperationException("A row without a date was let in.");

    private static bool Numbered(PushedRow<EdFiRow> row, string field, string value) =>
        Partners.Fields.Number(row, "attendance_event." + field, value) && Partners.Fields.Impersonal(row, "attendance_event." + field, value);

    private static decimal? Duration(string text) => text.Length == 0 ? 0
        : IsShare().IsMatch(text) ? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    private static RowKeys? Wrong(PushedRow<EdFiRow> row, string field, string reason)
    {
        row.Reject(field is "row" ? field : "attendance_event." + field, reason);
        return null;
    }

    [GeneratedRegex(@"\A[0-9](\.[0-9]{1,3})?\z")]
    private static partial Regex IsShare();
}
