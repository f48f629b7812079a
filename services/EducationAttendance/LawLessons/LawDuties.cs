using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>One law lesson is owed by the end of each term. Pure.</summary>
public static class LawDuties
{
    public const string Kind = "education.lawLesson";

    private const string Key = "term";

    public static NewObligation Opening(LawTerm term, DateTimeOffset from, EventMeta meta) => new(
        new(Kind, ObligationBasis.PlatformDefault, "平台默认：每学期一至二次法治课，至迟学期末完成一次；未成年人保护法、预防未成年人犯罪法（学校开展法治教育）未规定次数", Until(term.Facts!.Until, from))
        { EscalatesAfter = TimeSpan.Zero },
        Subject(term), term.Facts.School, OwnerDepartment.Education, from, meta, Key);

    public static Fulfilment Done(LawTerm term, EventMeta meta) => new(Subject(term), Kind, meta, Key);

    /// <summary>To the end of its last day; a term that is told after its end is owed at once.</summary>
    private static Clock Until(DateOnly last, DateTimeOffset from) =>
        WorkCalendar.StartOf(last.AddDays(1)) - from is { Ticks: > 0 } left ? Clock.Natural(left) : Clock.Natural(TimeSpan.FromMilliseconds(1));

    private static ObligationSubject Subject(LawTerm term) => new(LawTerm.StreamType, term.Id);
}
