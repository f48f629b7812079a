using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>The law lessons (法治课) of one school in one term. Pure.</summary>
public sealed record LawTerm(Guid Id) : IFolded<LawTerm>
{
    public static string StreamType => "law-term";

    public static LawTerm New(Guid id) => new(id);

    public static Guid IdOf(LawTermPlace of) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{of.School.Value}/{of.SchoolNo.Length}:{of.SchoolNo}/{of.Term}")).AsSpan(0, 16));

    public LawTermPlace? Of { get; private init; }
    public LawTermFacts? Facts { get; private init; }

    /// <summary>Every lesson, in the order in which they were told.</summary>
    public ImmutableList<LawLessonGiven> Lessons { get; private init; } = [];

    /// <summary>Nothing where it has begun; a term whose end was told anew keeps the end that its duty has.</summary>
    public IEnumerable<ILawTermEvent> Begin(LawTermPlace of, DateOnly until) => Facts is null ? [new LawTermBegun(of, new(of.School, until, 0))] : [];

    /// <summary>A lesson in a term that has begun; a request that was taken before gives none anew.</summary>
    public IEnumerable<ILawTermEvent> Give(Guid request, DateOnly on, string? classNo, LawTopic topic, int attended) =>
        Lessons.Find(l => l.Request == request) is not { } taken ? [new LawLessonGiven(Of!, request, on, classNo, topic, attended, Facts! with { Lessons = Facts.Lessons + 1 })]
        : (taken.On, taken.ClassNo, taken.Topic, taken.Attended) == (on, classNo, topic, attended) ? []
        : throw new RejectedException("request_id: was used for another lesson");

    public LawTerm After(object @event) => @event switch
    {
        LawLessonGiven given => this with { Of = given.Of, Facts = given.After, Lessons = Lessons.Add(given) },
        LawTermBegun begun => this with { Of = begun.Of, Facts = begun.After },
        _ => this,
    };
}
