using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Calendars;

/// <summary>One term (学期) as the county tells it.</summary>
/// <param name="Name">The bureau's name of it.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Closed">Days without school beyond the public holidays.</param>
/// <param name="Extra">Days with school that are no working days.</param>
public sealed record Term(string Name, DateOnly From, DateOnly Until, DateOnly[] Closed, DateOnly[] Extra)
{
    public bool Holds(DateOnly day) => From <= day && day <= Until;

    public bool Overlaps(Term other) => From <= other.Until && other.From <= Until;

    public bool Equals(Term? other) => other is not null && (Name, From, Until) == (other.Name, other.From, other.Until)
        && Closed.AsSpan().SequenceEqual(other.Closed) && Extra.AsSpan().SequenceEqual(other.Extra);

    public override int GetHashCode() => HashCode.Combine(Name, From, Until, Closed.Length, Extra.Length);
}

/// <summary>A term was told, the first time or anew. Stays in the house.</summary>
[StoredName("term_told")]
public sealed record TermTold(DivisionId County, Term Term);

/// <summary>The term calendar (校历) of a county: one stream a county, of each term what was told last; what it was before stays in the log.</summary>
public sealed record TermCalendar(Guid Id) : IFolded<TermCalendar>
{
    public static string StreamType => "term-calendar";

    public static TermCalendar New(Guid id) => new(id);

    public static Guid IdOf(DivisionId county) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{county.Value}")).AsSpan(0, 16));

    /// <summary>By their first day.</summary>
    public IReadOnlyList<Term> Terms { get; private init; } = [];

    public long Version { get; private init; }

    public SchoolDays Days(WorkCalendar working) => new(working, Terms);

    public TermCalendar After(object @event) => @event is TermTold { Term: var told }
        ? this with { Version = Version + 1, Terms = [.. Terms.Where(t => t.Name != told.Name).Append(told).OrderBy(t => t.From)] }
        : this;
}
