using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Obligations;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using Session = LeftBehind.EducationAttendance.Attendance.Session;
using TermCalendar = LeftBehind.EducationAttendance.Calendars.TermCalendar;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>The way in of attendance rows. However many rows a batch has, it asks for classes, pupils, calendars, class-days and order once.</summary>
public sealed class AttendanceWay(AttendanceRowCheck check, TakeAttendance take, WorkCalendar working, ObligationBook book, WatchDropouts dropouts) : IWayIn<AttendanceRow>
{
    public RowFields Fields(AttendanceRow row) => new(row.SourceEventId, row.SourceSequence, row.OccurredAt, row.EffectiveOn);

    public RowKeys? Check(PushedRow<AttendanceRow> row) => check.Check(row);

    public async Task DecideAsync(StoreWork work, IReadOnlyList<PushedRow<AttendanceRow>> rows, string? traceparent, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var about = rows.Select(r => About(r)).ToList();
        var classes = await ClassTable.ClassesAsync(work, about.Select(a => a.Class), ct);
        var numbers = await PupilNumbers.LoadAsync(work, rows.SelectMany(Named), ct);
        var pupils = await ClassTable.PupilsAsync(work, rows.SelectMany(Named).Select(numbers.Of), ct);
        var calendars = await work.LoadAsync<TermCalendar>(classes.Values.Select(c => TermCalendar.IdOf(c.County)), ct);
        var days = await work.LoadAsync<ClassDay>(about.Select(a => a.Day), ct);
        var order = await SourceOrder.LatestAsync(work, rows.Zip(about).SelectMany(r => Ordered(r.First, r.Second.Session, days[r.Second.Day], numbers)), ct);
        var missing = days.Values.Where(d => d.Facts?.Roll is RollState.Missing).Select(d => d.Id).ToHashSet();
        var changed = new Dictionary<Guid, (SchoolClass Class, DateOnly Date, EventMeta Meta)>();
        foreach (var (row, (classId, date, dayId, _)) in rows.Zip(about))
        {
            var of = classes.GetValueOrDefault(classId);
            var calendar = of is null ? TermCalendar.New(default) : calendars[TermCalendar.IdOf(of.County)];
            var known = new KnownOfClass(of, classId, calendar.Id, calendar.Days(working), days[dayId], order, pupils, numbers);
            foreach (var @event in take.Decide(row, known))
            {
                var meta = row.Meta(traceparent) with { EffectiveOn = date };
                work.Append(dayId, @event, meta);
                days[dayId] = days[dayId].After(@event);
                changed[dayId] = (of!, date, meta);
            }
            if (row.Verdict is Verdict.Applied or Verdict.Unchanged)
                order[row.OrderKey] = Math.Max(order.GetValueOrDefault(row.OrderKey), row.Sequence);
        }
        ChangedDay[] after = [.. changed.Select(c => new ChangedDay(days[c.Key], c.Value.Class, c.Value.Date, c.Value.Meta))];
        await dropouts.AttendedAsync(work, await FollowPupils.OfAsync(work, after, ct), ct);
        if (after.Where(d => missing.Contains(d.Day.Id)).Select(SettleDays.MadeGood).ToList() is { Count: > 0 } madeGood)
            await book.FulfilAsync(work, madeGood, ct);
    }

    private (Guid Class, DateOnly Date, Guid Day, Guid Session) About(PushedRow<AttendanceRow> row)
    {
        var (classId, date) = (check.ClassOf(row), AttendanceRowCheck.DateOf(row.Row));
        var day = SchoolClass.DayId(classId, date);
        return (classId, date, day, check.SessionOf(day, row.Row.Session));
    }

    /// <summary>What a row is compared with: its session's roll call, and whatever single rows told of the pupils, under any of their numbers.</summary>
    private IEnumerable<Guid> Ordered(PushedRow<AttendanceRow> row, Guid session, ClassDay day, PupilNumbers numbers)
    {
        var marks = Named(row).Select(numbers.Of).Concat(day.Of((Session)row.Row.Session).Marks.Keys).SelectMany(numbers.NumbersOf).Select(number => check.MarkOf(session, number));
        return row.Row.RowCase is AttendanceRow.RowOneofCase.RollCall ? marks : numbers.IsEmpty ? [session] : marks.Prepend(session);
    }

    private IEnumerable<Guid> Named(PushedRow<AttendanceRow> row) => row.Row.RowCase is AttendanceRow.RowOneofCase.Exception
        ? [check.Read(row, row.Row.Exception).Pupil]
        : row.Row.RollCall.Exceptions.Select(e => check.Read(row, e).Pupil);
}
