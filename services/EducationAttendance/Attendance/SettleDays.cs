using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>
/// Once a school day has ended, flags every class of which no roll was called, and opens the duty to make good for it; when the
/// calendar of a past day is told anew, takes that back or does it now. Runs in every replica and is harmless there. Batches end at
/// a commit, so whatever kills it, the next run goes on where it stopped.
/// </summary>
public sealed class SettleDays(EventStore store, ObligationBook book, WatchDropouts dropouts, WorkCalendar working, TimeProvider clock, ILogger<SettleDays> log) : Sweep(Between, clock, log)
{
    private const int AtATime = 500;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>A roll that was not called on its day is to be told by the end of the next working day.</summary>
    public static readonly ObligationTerms MissingRoll = new(
        "education.rollCall", ObligationBasis.PlatformDefault, "平台默认：上课日未点名的，下一个工作日内补报", Clock.WorkingDays(1))
    { EscalatesAfter = TimeSpan.Zero };

    /// <summary>Settles what has ended by now; answers how many events that made.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var (today, events) = (WorkCalendar.DayOf(Now), 0);
        while (await DaysToSettle.NextAsync(store, today, ct) is { } day)
            events += await SettleAsync(day, ct);
        return events;
    }

    /// <summary>One batch of a day, in one transaction.</summary>
    private Task<int> SettleAsync(DayToSettle day, CancellationToken ct) => store.RunAsync(async work =>
    {
        var calendarId = TermCalendar.IdOf(day.County);
        var isSchoolDay = (await work.LoadAsync<TermCalendar>([calendarId], ct))[calendarId].Days(working).Is(day.Date);
        var classes = await DaysToSettle.UnsettledAsync(work, day, isSchoolDay, AtATime, ct);
        var days = await work.LoadAsync<ClassDay>(classes.Select(c => c.DayId(day.Date)), ct);
        var (changed, meta) = (new List<ChangedDay>(), new EventMeta(Now, day.Date));
        foreach (var of in classes)
            foreach (var @event in CallRoll.Settle(days[of.DayId(day.Date)], of, day.Date, isSchoolDay))
            {
                work.Append(of.DayId(day.Date), @event, meta);
                changed.Add(new(days[of.DayId(day.Date)].After(@event), of, day.Date, meta));
            }
        await dropouts.AttendedAsync(work, await FollowPupils.OfAsync(work, changed, ct), ct);
        var ended = WorkCalendar.StartOf(day.Date.AddDays(1));
        await book.OpenAsync(work, [.. changed.Where(c => c.Day.Facts!.Roll is RollState.Missing).Select(c => new NewObligation(
            MissingRoll, Subject(c.Day.Id), c.Class.Village, OwnerDepartment.Education, ended.AddTicks(-1), meta, KeyOf(c.Day)))], ct);
        if (!isSchoolDay && changed.Count > 0)
            await book.WaiveAsync(work, [.. changed.Select(c => new Waiver(Subject(c.Day.Id), MissingRoll.Kind, "校历更正：当日不上课", meta))], ct);
        if (classes.Count < AtATime)
            DaysToSettle.Done(work, day);
        return work.AppendedCount;
    }, ct);

    /// <summary>Rolls that were missing and are told now.</summary>
    internal static Fulfilment MadeGood(ChangedDay day) => new(Subject(day.Day.Id), MissingRoll.Kind, day.Meta, KeyOf(day.Day));

    /// <summary>One a day. Whoever waives it lets it go for good; a day that the calendar took back and brought again owes its roll anew.</summary>
    private static string KeyOf(ClassDay day) => day.TimesAgain == 0 ? "roll" : $"roll/{day.TimesAgain}";

    private static ObligationSubject Subject(Guid classDay) => new(ClassDay.StreamType, classDay);
}
