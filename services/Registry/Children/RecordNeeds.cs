using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Children;

/// <summary>What is told of health, aid and guardian becomes an event when it is news; null when the record says so already. Pure.</summary>
public static class RecordNeeds
{
    /// <summary>Grade None: withdrawn, lapsed, or never there.</summary>
    public static IChildEvent? Disability(Child child, DisabilityGrade grade, DisabilityKind? kind, string source) =>
        child.Needs.Disability is { } known && (known.Grade, known.Kind) == (grade, kind) ? null
        : With(child, facts => new DisabilityRecorded(grade, kind, source, facts));

    /// <summary>None: it ended, or was never there.</summary>
    public static IChildEvent? Illness(Child child, IllnessKind kind, Illness illness, string source) =>
        child.Needs.Illnesses.TryGetValue(kind, out var known) && known.Illness == illness ? null
        : With(child, facts => new IllnessRecorded(kind, illness, source, facts));

    /// <summary>Whether aid of one kind runs.</summary>
    public static IChildEvent? Aid(Child child, AidKinds kind, bool runs, string source) =>
        child.Needs.Aids.TryGetValue(kind, out var known) && known.Runs == runs ? null
        : With(child, facts => new AidRecorded(kind, runs, source, facts));

    /// <summary>Null: not collected.</summary>
    public static IChildEvent? Guardian(Child child, GuardianKind? guardian, string source) =>
        child.Needs.Guardian?.Kind == guardian ? null : With(child, facts => new GuardianRecorded(guardian, source, facts));

    /// <summary>The facts are those after the event itself.</summary>
    private static IChildEvent With(Child child, Func<ChildFacts, IChildEvent> told) => told(GroupFacts.NeedsOf(child, child.Needs.After(told(child.Facts))).Into(child.Facts));
}
