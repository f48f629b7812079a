using System.Globalization;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.EducationAttendance.Calendars;

/// <summary>A term as requests tell it and answers show it. Pure.</summary>
internal static class TermText
{
    private const int LongestName = 40, LongestTerm = 250, MostDays = 120;

    public static Term Read(Protos.Education.V1.Term told)
    {
        var (from, until) = (Day(told.From, "term.from"), Day(told.Until, "term.until"));
        if (until < from)
            throw Requests.Invalid("term.until: before term.from");
        if (until.DayNumber - from.DayNumber >= LongestTerm)
            throw Requests.Invalid($"term.until: a term has at most {LongestTerm} days");
        var term = new Term(Texts.Readable(told.Name, "term.name", 1, LongestName), from, until, Days(told.Closed, "term.closed"), Days(told.Extra, "term.extra"));
        if (!term.Closed.All(term.Holds))
            throw Requests.Invalid("term.closed: a day outside of the term");
        if (!term.Extra.All(term.Holds))
            throw Requests.Invalid("term.extra: a day outside of the term");
        return term.Extra.Intersect(term.Closed).Any() ? throw Requests.Invalid("term.extra: a day that is closed") : term;
    }

    public static Protos.Education.V1.TermCalendar Show(DivisionTree tree, DivisionId county, TermCalendar calendar, IEnumerable<DateOnly>? schoolDays = null) => new()
    {
        DivisionCode = tree.Code(county).ToString(), Version = calendar.Version, SchoolDays = { (schoolDays ?? []).Select(Written) },
        Terms =
        {
            calendar.Terms.Select(t => new Protos.Education.V1.Term
            {
                Name = t.Name, From = Written(t.From), Until = Written(t.Until), Closed = { t.Closed.Select(Written) }, Extra = { t.Extra.Select(Written) },
            }),
        },
    };

    public static DateOnly Day(string text, string field) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Requests.Invalid($"{field}: not a date as yyyy-MM-dd");

    public static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly[] Days(Google.Protobuf.Collections.RepeatedField<string> told, string field) =>
        told.Count > MostDays ? throw Requests.Invalid($"{field}: at most {MostDays}") : [.. told.Select(d => Day(d, field)).Distinct().Order()];
}
