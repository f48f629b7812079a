using System.Text.Json;
using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Tests;

public class CallRollTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-0000000000a1"), Two = new("00000000-0000-4000-8000-0000000000a2");
    private static readonly DateOnly Date = new(2026, 5, 9);
    private static readonly SchoolClass Class = new(new("00000000-0000-4000-8000-0000000000c1"), "S1", "3-1", Sample.Id(Sample.Here), Sample.Id("431003"));
    private static readonly DateTimeOffset Morning = new(2026, 5, 9, 0, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Whoever_is_not_named_was_there()
    {
        var day = After(Fresh, Call(1, Absent(One, 1)));
        Assert.Equal((RollState.Taken, 1, 1), (day.Facts!.Roll, day.Facts.Absent, day.Facts.Unexcused));
        Assert.Equal(Category.Present, day.Of(Session.WholeDay).Of(Two).Category);
    }

    [Fact]
    public void The_same_roll_again_changes_nothing() => Assert.Empty(Decide(After(Fresh, Call(1, Absent(One, 1))), Call(2, Absent(One, 2))));

    [Fact]
    public void What_was_submitted_and_what_corrected_it_are_both_kept_however_often()
    {
        var day = After(Fresh, Call(1, Absent(One, 1)));
        day = After(day, Mark(new(One, Category.Excused, 1, "sick", 2)));
        day = After(day, Mark(new(One, Category.Excused, 0.5m, "sick", 3)));
        var kept = day.Of(Session.WholeDay).Marks[One];
        Assert.Equal((Category.Unexcused, 1m), (kept.Submitted.Category, kept.Submitted.Fraction));
        Assert.Equal((Category.Excused, 0.5m), (kept.Now.Category, kept.Now.Fraction));
        Assert.Equal((1, 0), (day.Facts!.Absent, day.Facts.Unexcused));
        Assert.Empty(CallRoll.Decide(day, Class, Date, Session.WholeDay, new(One, Category.Excused, 0.5m, "sick", 4)));
    }

    [Fact]
    public void A_roll_told_again_takes_back_whom_it_does_not_name_and_keeps_what_was_told_later()
    {
        var day = After(Fresh, Call(1, Absent(One, 1)));
        day = After(day, Mark(Absent(Two, 7)));
        day = After(day, Call(5));
        Assert.Equal((Category.Present, Category.Unexcused), (day.Of(Session.WholeDay).Of(One).Category, day.Of(Session.WholeDay).Of(Two).Category));
        Assert.Equal(Category.Unexcused, day.Of(Session.WholeDay).Marks[One].Submitted.Category);
    }

    [Fact]
    public void Sessions_together_miss_at_most_the_day()
    {
        var day = After(Fresh, Call(1, new Mark(One, Category.Excused, 0.6m, null, 1)) with { Session = Session.Morning });
        day = After(day, Call(2, new Mark(One, Category.Unexcused, 0.6m, null, 2)) with { Session = Session.Afternoon });
        Assert.Equal((One, 1m, true), Assert.Single(day.Missed()));
    }

    [Fact]
    public void A_roll_of_a_later_day_is_late_and_a_correction_on_a_later_day_is_not()
    {
        Assert.Equal(RollState.TakenLate, After(Fresh, Call(1) with { SubmittedAt = Morning.AddDays(1) }).Facts!.Roll);
        var corrected = After(After(Fresh, Call(1)), Call(2, Absent(One, 2)) with { SubmittedAt = Morning.AddDays(1) });
        Assert.Equal(RollState.Taken, corrected.Facts!.Roll);
    }

    [Fact]
    public void A_day_that_ends_without_a_roll_is_flagged_once_and_made_good_by_a_late_one()
    {
        var missed = After(Fresh, CallRoll.Settle(Fresh, Class, Date, isSchoolDay: true));
        Assert.Equal(RollState.Missing, missed.Facts!.Roll);
        Assert.Empty(CallRoll.Settle(missed, Class, Date, isSchoolDay: true));
        Assert.Equal(RollState.TakenLate, After(missed, Call(1) with { SubmittedAt = Morning.AddDays(2) }).Facts!.Roll);
        Assert.Equal(RollState.Taken, After(missed, Call(1)).Facts!.Roll);
    }

    [Fact]
    public void A_calendar_told_anew_takes_the_day_out_and_brings_it_back_with_its_marks()
    {
        var day = After(Fresh, Call(1, Absent(One, 1)));
        var closed = After(day, CallRoll.Settle(day, Class, Date, isSchoolDay: false));
        Assert.Equal(RollState.NotDue, closed.Facts!.Roll);
        var again = After(closed, CallRoll.Settle(closed, Class, Date, isSchoolDay: true));
        Assert.Equal((RollState.Taken, 1), (again.Facts!.Roll, again.Facts.Absent));
        Assert.Empty(CallRoll.Settle(Fresh, Class, Date, isSchoolDay: false));
    }

    /// <summary>Three deliveries, any order: each row is decided as the way in lets it through, older ones of the same thing kept out.</summary>
    [Fact]
    public void Any_order_of_roll_calls_and_later_marks_gives_one_state()
    {
        object[] told = [Call(1, Absent(One, 1)), Call(4, Absent(Two, 4)), Absent(One, 6), new Mark(Two, Category.Late, 0, null, 8)];
        var expected = Told(told);
        foreach (var order in Orders(told.Concat(told.Take(2)).ToList()).Take(720))
            Assert.Equal(expected, Told(order));
    }

    [Fact]
    public void Every_event_of_a_class_day_has_words_and_comes_back_from_the_store_as_it_was()
    {
        var facts = new ClassDayFacts(Class.Village, Class.Id, Date, RollState.Taken, 1, 1);
        IClassDayEvent[] events =
        [
            new RollCallSubmitted(Session.Morning, Morning, "t-1", 1, [Absent(One, 1)], facts), new RollCallCorrected(Session.Morning, Morning, null, 2, [], facts),
            new AttendanceMarkTold(Session.Morning, Absent(One, 3), facts), new RollCallMissed(facts), new RollCallNotDue(facts), new RollCallDue(facts),
            new PupilsAttended([new(One, new(AttendanceState.Absent, Date, 2, Date.AddDays(-1)))], facts),
        ];
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IClassDayEvent))).OrderBy(t => t.Name), events.Select(e => e.GetType()).OrderBy(t => t.Name));
        foreach (var e in events)
        {
            var json = JsonSerializer.Serialize<object>(e, EventTypes.Json);
            Assert.Equal(json, JsonSerializer.Serialize(EducationModule.Events.Read(EducationModule.Events.NameOf(e), json), EventTypes.Json));
            var told = new EducationRelay().Translate(new(9, Guid.NewGuid(), Class.DayId(Date), 3, e, new(Morning, Date))).ToList();
            Assert.Equal(facts, Assert.IsType<ClassDayRecorded>(told[0].Fact).After);
            Assert.Equal(e is PupilsAttended ? [(One, typeof(PupilAttendanceRecorded))] : [], told.Skip(1).Select(t => (t.Subject, t.Fact.GetType())));
        }
        Assert.Equal(Enum.GetValues<ClassDayChange>(), events.Select(e => ((ClassDayRecorded)new EducationRelay().Translate(new(9, One, One, 3, e, new(Morning, Date))).First().Fact).Change).Distinct().Order());
    }

    private static ClassDay Fresh => ClassDay.New(Class.DayId(Date));

    private static Mark Absent(Guid pupil, long sequence) => new(pupil, Category.Unexcused, 1, null, sequence);

    private static ToldRoll Call(long sequence, params Mark[] exceptions) => new(Session.WholeDay, Morning, "t-1", sequence, exceptions);

    private static IEnumerable<IClassDayEvent> Mark(Mark told) => [new AttendanceMarkTold(Session.WholeDay, told, new(Class.Village, Class.Id, Date, RollState.Taken, 0, 0))];

    private static List<IClassDayEvent> Decide(ClassDay day, ToldRoll told) => [.. CallRoll.Decide(day, Class, Date, told, _ => 0)];

    private static ClassDay After(ClassDay day, ToldRoll told, Func<Guid, long>? toldOf = null) => After(day, CallRoll.Decide(day, Class, Date, told, toldOf ?? (_ => 0)));

    private static ClassDay After(ClassDay day, IEnumerable<IClassDayEvent> events)
    {
        foreach (var e in events.ToList())
        {
            // A mark is decided on the day as it is.
            var decided = e is AttendanceMarkTold m ? CallRoll.Decide(day, Class, Date, m.Session, m.Mark).SingleOrDefault() : e;
            day = decided is null ? day : day.After(decided);
        }
        return day;
    }

    private static string Told(IReadOnlyList<object> rows)
    {
        var (day, last, waiting) = (Fresh, new Dictionary<Guid, long>(), new List<Mark>());
        foreach (var row in rows)
        {
            if (row is ToldRoll roll && roll.Sequence >= last.GetValueOrDefault(Guid.Empty))
                (day, last[Guid.Empty]) = (After(day, roll, p => last.GetValueOrDefault(p)), roll.Sequence);
            else if (row is Mark mark)
                waiting.Add(mark);
            foreach (var m in day.Rolls.Count > 0 ? waiting.OrderBy(m => m.Sequence).ToList() : [])
            {
                waiting.Remove(m);
                if (m.Sequence >= Math.Max(last.GetValueOrDefault(m.Pupil), day.Of(Session.WholeDay).Sequence))
                    (day, last[m.Pupil]) = (After(day, Mark(m)), m.Sequence);
            }
        }
        return string.Join(";", new[] { One, Two }.Select(p => day.Of(Session.WholeDay).Of(p)).Select(m => $"{m.Category} {m.Fraction}")) + $" {day.Facts!.Absent} {day.Facts.Unexcused}";
    }

    private static IEnumerable<List<T>> Orders<T>(List<T> items) =>
        items.Count < 2 ? [items] : from i in Enumerable.Range(0, items.Count) from rest in Orders([.. items.Where((_, j) => j != i)]) select (List<T>)[items[i], .. rest];
}
