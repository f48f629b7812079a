namespace LeftBehind.Contracts.Education;

/// <summary>
/// A term began for a school, in which it owes law lessons (法治课), or a lesson was given; carries the whole state after it. Subject of the fact: the school's term. Told by
/// EducationAttendance.
/// </summary>
/// <param name="LawTermId">One stream for each school and term.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("law_term_recorded")]
public sealed record LawTermRecorded(Guid LawTermId, LawTermChange Change, LawTermFacts After);

/// <summary>What happened.</summary>
public enum LawTermChange { Begun, LessonGiven }

/// <summary>The law lessons of one school in one term.</summary>
/// <param name="School">Village or community in which the school stands; where it is counted.</param>
/// <param name="Until">The last day of the term, by which one is owed, Asia/Shanghai.</param>
/// <param name="Lessons">Lessons given in the term.</param>
public sealed record LawTermFacts(DivisionId School, DateOnly Until, int Lessons);
