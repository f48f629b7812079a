using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;

namespace LeftBehind.Registry.Children;

/// <summary>Diagnoses as they are counted, a platform default; they stay in this service. The numbers are the protocol's.</summary>
public enum IllnessKind
{
    Leukaemia = 1, Tumour = 2, CongenitalHeartDisease = 3, KidneyDisease = 4, BloodDisease = 5, Epilepsy = 6, MentalIllness = 7,
    InfectiousDisease = 8, MetabolicDisease = 9, RespiratoryDisease = 10, OtherIllness = 99,
}

/// <summary>A certificate of disability was told, or that there is none (grade None).</summary>
[StoredName("disability_recorded")]
public sealed record DisabilityRecorded(DisabilityGrade Grade, DisabilityKind? Kind, string Source, ChildFacts After) : IChildEvent;

/// <summary>An illness was told, or its end (None).</summary>
[StoredName("illness_recorded")]
public sealed record IllnessRecorded(IllnessKind Kind, Illness Illness, string Source, ChildFacts After) : IChildEvent;

/// <summary>Aid of one kind was told to run, or not to.</summary>
[StoredName("aid_recorded")]
public sealed record AidRecorded(AidKinds Kind, bool Runs, string Source, ChildFacts After) : IChildEvent;

/// <summary>Who the legal guardian is; null takes back what was told.</summary>
[StoredName("guardian_recorded")]
public sealed record GuardianRecorded(GuardianKind? Guardian, string Source, ChildFacts After) : IChildEvent;

/// <summary>What is told of a child's health, aid and guardian, each with the source that told it. Nothing told is not "no".</summary>
public sealed record Needs
{
    public static readonly Needs Unknown = new();

    public (DisabilityGrade Grade, DisabilityKind? Kind, string Source)? Disability { get; init; }
    public ImmutableSortedDictionary<IllnessKind, (Illness Illness, string Source)> Illnesses { get; init; } = ImmutableSortedDictionary<IllnessKind, (Illness, string)>.Empty;
    public ImmutableSortedDictionary<AidKinds, (bool Runs, string Source)> Aids { get; init; } = ImmutableSortedDictionary<AidKinds, (bool, string)>.Empty;
    public (GuardianKind Kind, string Source)? Guardian { get; init; }

    /// <summary>The gravest illness that lasts.</summary>
    public Illness? Illness => Illnesses.IsEmpty ? null : Illnesses.Values.Max(i => i.Illness);

    /// <summary>All aid that runs.</summary>
    public AidKinds? Aid => Aids.IsEmpty ? null : Aids.Where(a => a.Value.Runs).Aggregate(AidKinds.None, (all, a) => all | a.Key);

    /// <summary>The same when an event tells nothing of these.</summary>
    public Needs After(object @event) => @event switch
    {
        DisabilityRecorded e => this with { Disability = (e.Grade, e.Kind, e.Source) },
        IllnessRecorded e => this with { Illnesses = Illnesses.SetItem(e.Kind, (e.Illness, e.Source)) },
        AidRecorded e => this with { Aids = Aids.SetItem(e.Kind, (e.Runs, e.Source)) },
        GuardianRecorded e => this with { Guardian = e.Guardian is { } kind ? (kind, e.Source) : null },
        _ => this,
    };

    /// <summary>The facts that leave the house, with these in them.</summary>
    public ChildFacts Into(ChildFacts facts) => facts with
    {
        Disability = Disability?.Grade,
        DisabilityKind = Disability?.Kind,
        Illness = Illness,
        Aid = Aid,
        Guardian = Guardian?.Kind,
    };
}
