using LeftBehind.Divisions;

namespace LeftBehind.Obligations;

/// <summary>How the time of a duty runs. Pure.</summary>
public abstract record Clock
{
    private Clock() { }

    /// <summary>Every hour counts (自然时), as in 反家暴法 §28.</summary>
    public static Clock Natural(TimeSpan length) =>
        length > TimeSpan.Zero ? new NaturalClock(length) : throw new ArgumentOutOfRangeException(nameof(length));

    /// <summary>Until the end of the n-th working day (工作日); the day it starts on is not counted (民法典 §201).</summary>
    public static Clock WorkingDays(int days) =>
        days > 0 ? new WorkingDayClock(days) : throw new ArgumentOutOfRangeException(nameof(days));

    /// <summary>
    /// Until the end of the day that many days on, the first day not counted; where that is no working day, of the next one
    /// (民法典 §201, §203).
    /// </summary>
    public static Clock Days(int days) =>
        days > 0 ? new PeriodClock(0, days) : throw new ArgumentOutOfRangeException(nameof(days));

    /// <summary>Until the end of the same day of a later month, or of that month's last (民法典 §202); moved as <see cref="Days"/>.</summary>
    public static Clock Months(int months) =>
        months > 0 ? new PeriodClock(months, 0) : throw new ArgumentOutOfRangeException(nameof(months));

    /// <summary>At once (立即): no rule gives a due time, so there is none. After a while, a platform default, somebody is told.</summary>
    public static Clock Immediate(TimeSpan alertAfter) =>
        alertAfter > TimeSpan.Zero ? new ImmediateClock(alertAfter) : throw new ArgumentOutOfRangeException(nameof(alertAfter));

    /// <summary>The first moment that is too late; null where the duty is due at once.</summary>
    public abstract DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar);

    internal sealed record NaturalClock(TimeSpan Length) : Clock
    {
        public override DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar) => startsAt + Length;
    }

    internal sealed record WorkingDayClock(int Count) : Clock
    {
        public override DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar) =>
            WorkCalendar.StartOf(calendar.AddWorkingDays(WorkCalendar.DayOf(startsAt), Count).AddDays(1));
    }

    internal sealed record PeriodClock(int MonthCount, int DayCount) : Clock
    {
        public override DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar)
        {
            var last = WorkCalendar.DayOf(startsAt).AddMonths(MonthCount).AddDays(DayCount);
            return WorkCalendar.StartOf((calendar.IsWorkingDay(last) ? last : calendar.AddWorkingDays(last, 1)).AddDays(1));
        }
    }

    internal sealed record ImmediateClock(TimeSpan AlertAfter) : Clock
    {
        public override DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar) => null;
    }
}
