using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>A class on one school day (班级考勤日): the roll calls of its sessions, with the exceptions inside.</summary>
public sealed record ClassDay(Guid Id) : IFolded<ClassDay>
{
    private static readonly Dictionary<Guid, KeptMark> Nobody = [];

    public static string StreamType => "class-day";

    public static ClassDay New(Guid id) => new(id);

    public bool Exists { get; private init; }
    public ClassDayFacts? Facts { get; private init; }
    public IReadOnlyDictionary<Session, SessionRoll> Rolls { get; private init; } = new Dictionary<Session, SessionRoll>();

    /// <summary>Whether it is a school day by the calendar as it was told last.</summary>
    public bool IsDue { get; private init; } = true;

    /// <summary>How often the calendar took the day back and brought it again.</summary>
    public int TimesAgain { get; private init; }

    /// <summary>What every pupil that was ever named missed of the day, all sessions together: at most all of it.</summary>
    public IEnumerable<(Guid Pupil, decimal Missed, bool Unexcused)> Missed() =>
        from roll in Rolls.Values
        from mark in roll.Marks.Values
        group mark.Now by mark.Now.Pupil into pupil
        select (pupil.Key, Math.Min(1, pupil.Sum(m => m.Fraction)), pupil.Any(m => m.Category is Category.Unexcused));

    public ClassDay After(object @event)
    {
        var next = @event is IClassDayEvent e ? this with { Exists = true, Facts = e.After } : this;
        return @event switch
        {
            RollCallSubmitted r => next.Told(r.Session, Of(r.Session).After(r.Exceptions, r.Sequence, r.SubmittedAt, r.By)),
            RollCallCorrected r => next.Told(r.Session, Of(r.Session).After(r.Exceptions, r.Sequence, r.SubmittedAt, r.By)),
            AttendanceMarkTold m => next.Told(m.Session, Of(m.Session).After(m.Mark)),
            RollCallNotDue => next with { IsDue = false },
            RollCallDue => next with { IsDue = true, TimesAgain = TimesAgain + 1 },
            _ => next,
        };
    }

    /// <summary>The facts with the roll as the events after this say it.</summary>
    public ClassDayFacts FactsOf(DivisionId school, Guid classId, DateOnly date)
    {
        var missed = Missed().ToList();
        return new(school, classId, date, RollOn(date), missed.Count(m => m.Missed > 0), missed.Count(m => m.Unexcused));
    }

    public ClassDay Told(Session session, SessionRoll roll) => this with { Rolls = new Dictionary<Session, SessionRoll>(Rolls) { [session] = roll } };

    public ClassDay Due(bool isDue) => this with { IsDue = isDue };

    public SessionRoll Of(Session session) => Rolls.TryGetValue(session, out var known) ? known : new(0, default, null, Nobody);

    /// <summary>A day has its roll when one session of it was called on that day. Platform default.</summary>
    private RollState RollOn(DateOnly date) =>
        !IsDue ? RollState.NotDue
        : Rolls.Count == 0 ? RollState.Missing
        : Rolls.Values.Any(r => WorkCalendar.DayOf(r.SubmittedAt) <= date) ? RollState.Taken : RollState.TakenLate;
}
