using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>What a lesson was about. The numbers are the protocol's.</summary>
public enum LawTopic { Rights = 1, PersonalSafety, Bullying, CrimePrevention, Internet, Other }

/// <summary>Of which school and term of its county's calendar.</summary>
public sealed record LawTermPlace(DivisionId School, string SchoolNo, string Term);

/// <summary>An event of a school's term. Each carries the facts that leave the house, after the change.</summary>
public interface ILawTermEvent
{
    /// <summary>Of which school and term.</summary>
    LawTermPlace Of { get; }

    /// <summary>All that is told of it.</summary>
    LawTermFacts After { get; }
}

/// <summary>The term has begun, and owes a lesson.</summary>
[StoredName("law_term_begun")]
public sealed record LawTermBegun(LawTermPlace Of, LawTermFacts After) : ILawTermEvent;

/// <param name="Of">See the interface.</param>
/// <param name="Request">Made of the caller and its request id.</param>
/// <param name="On">The day of the lesson.</param>
/// <param name="ClassNo">The roll's own number of the class; null of the whole school.</param>
/// <param name="Topic">What it was about.</param>
/// <param name="Attended">Who attended.</param>
/// <param name="After">See the interface.</param>
[StoredName("law_lesson_given")]
public sealed record LawLessonGiven(LawTermPlace Of, Guid Request, DateOnly On, string? ClassNo, LawTopic Topic, int Attended, LawTermFacts After) : ILawTermEvent;
