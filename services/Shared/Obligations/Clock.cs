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

    /// <summary>At once (立即): no rule gives a due time, so there is none. After a while, a platform default, somebody is told.</summary>
    public static Clock Immediate(TimeSpan alertAfter) =>
        alertAfter > TimeSpan.Zero ? new ImmediateClock(alertAfter) : throw new ArgumentOutOfRangeException(nameof(alertAfter));

    /// <summary>The first moment that is too late; null where the duty is due at once.</summary>
    public abstract DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar);

    internal sealed record NaturalClock(TimeSpan Length) : Clock
    {
        public override DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar) => startsAt + Length;
    }

    internal sealed record WorkingDayClock(int Days) : Clock
    {
        public override DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar) =>
            WorkCalendar.StartOf(calendar.AddWorkingDays(WorkCalendar.DayOf(startsAt), Days).AddDays(1));
    }

    internal sealed record ImmediateClock(TimeSpan AlertAfter) : Clock
    {
        public override DateTimeOffset? DueAt(DateTimeOffset startsAt, WorkCalendar calendar) => null;
    }
}
