using System.Runtime.CompilerServices;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using Session = LeftBehind.Protos.Education.V1.Session;

namespace LeftBehind.EducationAttendance.Tests;

public class TakeAttendanceTests
{
    private static readonly AttendanceRowCheck Checks = new(Sample.Keys);
    private static readonly TakeAttendance Take = new(Checks);
    private static readonly DateOnly Date = new(2026, 5, 9);
    private static readonly SchoolClass Class = new(Sample.Keys.Class("student-roll", "S1", "3-1"), "S1", "3-1", Sample.Id(Sample.Here), Sample.Id("431003"));
    private static readonly SchoolDays Days = new(SchoolDaysTests.Working, [SchoolDaysTests.Autumn, SchoolDaysTests.Spring]);

    public static TheoryData<string, AttendanceRow> WrongRows() => new()
    {
        { "row", Row(r => r.RollCall = null) },
        { "school_no", Row(r => r.SchoolNo = "") },
        { "class_no", Row(r => r.ClassNo = new string('班', 65)) },
        { "class_no", Row(r => r.ClassNo = Sample.IdNumber) },
        { "date", Row(r => r.Date = "2026-5-9") },
        { "date", Row(r => r.Date = "2026-05-12") },
        { "session", Row(r => r.Session = Session.Unspecified) },
        { "session", Row(r => r.Session = (Session)9) },
        { "roll_call.submitted_at", Row(r => r.RollCall.SubmittedAt = "2026-05-09") },
        { "roll_call.submitted_at", Row(r => r.RollCall.SubmittedAt = "2026-05-08T08:00:00+08:00") },
        { "roll_call.submitted_at", Row(r => r.RollCall.SubmittedAt = "2026-05-13T08:00:00+08:00") },
        { "roll_call.by", Row(r => r.RollCall.By = "王老师") },
        { "roll_call.by", Row(r => r.RollCall.By = "13812345678") },
        { "roll_call.exceptions[0].student_no", Row(r => r.RollCall.Exceptions.Add(Absent(e => e.StudentNo = ""))) },
        { "roll_call.exceptions[1].student_no", Row(r => r.RollCall.Exceptions.AddRange([Absent(), Absent()])) },
        { "roll_call.exceptions[0].category", Row(r => r.RollCall.Exceptions.Add(Absent(e => e.Category = AttendanceCategory.Unspecified))) },
        { "roll_call.exceptions[0].fraction", Row(r => r.RollCall.Exceptions.Add(Absent(e => e.Fraction = "0"))) },
        { "roll_call.exceptions[0].fraction", Row(r => r.RollCall.Exceptions.Add(Absent(e => e.Fraction = "1.001"))) },
        { "roll_call.exceptions[0].fraction", Row(r => r.RollCall.Exceptions.Add(Absent(e => e.Fraction = "0.3333"))) },
        { "roll_call.exceptions[0].fraction", Row(r => r.RollCall.Exceptions.Add(Absent(e => (e.Category, e.Fraction) = (AttendanceCategory.Late, "0.1")))) },
        { "roll_call.exceptions[0].reason_code", Row(r => r.RollCall.Exceptions.Add(Absent(e => e.ReasonCode = "家里有事"))) },
        { "exception.student_no", Row(r => r.Exception = Absent(e => e.StudentNo = "L 1/2")) },
    };

    [Theory]
    [MemberData(nameof(WrongRows), DisableDiscoveryEnumeration = true)]
    public void A_wrong_field_is_named(string field, AttendanceRow row)
    {
        var pushed = Pushed(row);
        Assert.Null(Checks.Check(pushed));
        Assert.Equal((Verdict.Rejected, field), (pushed.Verdict, Answer(pushed).Field));
    }

    [Fact]
    public void A_roll_call_brings_what_exceptions_of_its_session_wait_for()
    {
        var call = Checks.Check(Pushed(Row()))!;
        Assert.Equal(call.Order, call.Provides);
        var exception = Pushed(Row(r => r.Exception = Absent()));
        Assert.NotEqual(call.Order, Checks.Check(exception)!.Order);
        Assert.Equal((Verdict.Waiting, "roll_call"), Verdict_(exception, Known()));
    }

    [Fact]
    public void An_unknown_class_waits_and_another_countys_is_refused()
    {
        Assert.Equal((Verdict.Waiting, "class"), Verdict_(Pushed(Row()), Known() with { Class = null }));
        Assert.Equal((Verdict.Rejected, "school_no"), Verdict_(Pushed(Row()), Known() with { Class = Class with { Village = Sample.Id(Sample.Elsewhere) } }));
    }

    [Theory]
    [InlineData("2026-05-10", Verdict.Rejected, "date")]
    [InlineData("2026-05-01", Verdict.Rejected, "date")]
    [InlineData("2026-02-10", Verdict.Rejected, "date")]
    [InlineData("2025-08-29", Verdict.Waiting, "calendar")]
    [InlineData("2026-05-09", Verdict.Applied, "")]
    public void A_roll_is_for_a_school_day(string date, Verdict verdict, string about) =>
        Assert.Equal((verdict, about), Verdict_(Pushed(Row(r => (r.Date, r.RollCall.SubmittedAt) = (date, ""))), Known()));

    [Fact]
    public void A_pupil_is_in_one_class_and_was_born_before()
    {
        var row = Row(r => r.RollCall.Exceptions.Add(Absent()));
        Assert.Equal((Verdict.Applied, ""), Verdict_(Pushed(row), Known(Pupil())));
        Assert.Equal((Verdict.Rejected, "roll_call.exceptions[0].student_no"), Verdict_(Pushed(row), Known(Pupil() with { Class = Guid.NewGuid() })));
        Assert.Equal((Verdict.Rejected, "roll_call.exceptions[0].student_no"), Verdict_(Pushed(row), Known(Pupil() with { Born = Date.AddDays(1) })));
        Assert.Equal((Verdict.Applied, "roll_call.exceptions[0].student_no"), Verdict_(Pushed(row), Known()));
    }

    [Fact]
    public void A_mark_older_than_the_roll_that_was_told_since_is_superseded()
    {
        var known = Known(Pupil()) with { Order = new Dictionary<Guid, long> { [Checks.SessionOf(Class.DayId(Date), Session.WholeDay)] = 9 } };
        var day = known.Day.After(Take.Decide(Pushed(Row()), known).Single());
        Assert.Equal((Verdict.Superseded, ""), Verdict_(Pushed(Row(r => r.Exception = Absent())), known with { Day = day }));
        Assert.Equal((Verdict.Applied, ""), Verdict_(Pushed(Row(r => r.Exception = Absent())), known with { Day = day, Order = new Dictionary<Guid, long>() }));
    }

    private static ClassPupil Pupil() => new(Checks.Read(Pushed(Row()), Absent()).Pupil, Class.Id, true, new(2016, 5, 1));

    private static KnownOfClass Known(params ClassPupil[] pupils) =>
        new(Class, Class.Id, Guid.NewGuid(), Days, ClassDay.New(Class.DayId(Date)), new Dictionary<Guid, long>(), pupils.ToDictionary(p => p.Pupil), Pupils.PupilNumbers.None);

    private static (Verdict, string) Verdict_(PushedRow<AttendanceRow> row, KnownOfClass known)
    {
        Assert.NotNull(Checks.Check(row));
        _ = Take.Decide(row, known).ToList();
        var answer = Answer(row);
        return (answer.Verdict, answer.WaitingFor.Length > 0 ? answer.WaitingFor : answer.Field);
    }

    private static AttendanceException Absent(Action<AttendanceException>? change = null)
    {
        var told = new AttendanceException { StudentNo = "L2026000001", Category = AttendanceCategory.Unexcused, Fraction = "1", ReasonCode = "03" };
        change?.Invoke(told);
        return told;
    }

    private static AttendanceRow Row(Action<AttendanceRow>? change = null)
    {
        var row = new AttendanceRow { SchoolNo = "S1", ClassNo = "3-1", Date = "2026-05-09", Session = Session.WholeDay, RollCall = new() { SubmittedAt = "2026-05-09T08:00:00+08:00", By = "t-1" } };
        change?.Invoke(row);
        return row;
    }

    private static PushedRow<AttendanceRow> Pushed(AttendanceRow row)
    {
        var pushed = new PushedRow<AttendanceRow>(row, "student-roll", "e1", []) { Caller = Sample.County };
        SetOccurredAt(pushed, new(2026, 5, 11, 1, 0, 0, TimeSpan.Zero));
        SetSequence(pushed, 3);
        return pushed;
    }

    private static RowVerdict Answer(PushedRow<AttendanceRow> row) => Inside<AttendanceRow>.Answer(row);

    private static void SetOccurredAt(PushedRow<AttendanceRow> row, DateTimeOffset at) => Inside<AttendanceRow>.SetOccurredAt(row, at);

    private static void SetSequence(PushedRow<AttendanceRow> row, long sequence) => Inside<AttendanceRow>.SetSequence(row, sequence);

    private static class Inside<TRow>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Answer")]
        public static extern RowVerdict Answer(PushedRow<TRow> row);

        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_OccurredAt")]
        public static extern void SetOccurredAt(PushedRow<TRow> row, DateTimeOffset at);

        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Sequence")]
        public static extern void SetSequence(PushedRow<TRow> row, long sequence);
    }
}
