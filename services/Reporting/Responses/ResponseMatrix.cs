using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Responses;

/// <summary>A measure of the emergency response; the names are those of the protocol.</summary>
public enum Measure
{
    ParentsOrderedBack = 1, CarerNamed, ParentsReprimanded, ParentsContactedToReturn, RelativesTookOver,
    TemporaryCareByRelative, TemporaryCareByVillageCommittee, TemporaryCareByReliefOrWelfareBody, ParentsNotificationAssisted,
    RapidSearch, ViolenceStopped, CivilAffairsNotifiedForPlacement, ChildPlaced, CaseFiled, CaseNotFiled,
    HarmStopped, ChildProtected, EvidenceTaken, MedicalCareHelped, InjuryExaminationHelped,
}

/// <summary>One thing that is required: any of its measures taken, or all of them not needed where that may be.</summary>
/// <param name="Words">For the officer who is told that it is missing.</param>
/// <param name="AnyOf">Alternatives.</param>
public sealed record Requirement(string Words, params Measure[] AnyOf)
{
    /// <summary>"Not needed" is no answer.</summary>
    public bool MustBeTaken { get; init; }

    /// <summary>What it stays open as, once a response was closed without the parents.</summary>
    public ResponseObligation? StaysOpenAs { get; init; }

    public bool IsMet(IReadOnlyDictionary<Measure, Settled> measures) =>
        AnyOf.Any(m => measures.TryGetValue(m, out var settled) && settled.Taken)
        || (!MustBeTaken && AnyOf.All(m => measures.TryGetValue(m, out var settled) && !settled.Taken));
}

/// <summary>The measures each situation requires (policy: 建立应急处置机制), as data.</summary>
public static class ResponseMatrix
{
    /// <summary>Required in these situations while the parents can be reached.</summary>
    private static readonly Dictionary<Situation, Requirement[]> OfParents = new()
    {
        [Situation.LivingAlone] =
        [
            new("parents ordered back at once, or a carer named", Measure.ParentsOrderedBack, Measure.CarerNamed) { StaysOpenAs = ResponseObligation.ParentsReturnOrCarerNamed },
            new("parents reprimanded (训诫)", Measure.ParentsReprimanded) { StaysOpenAs = ResponseObligation.ParentsReprimanded },
        ],
        [Situation.GuardianIncapableOrFailing] =
        [
            new("parents contacted to return, or relatives took over", Measure.ParentsContactedToReturn, Measure.RelativesTookOver)
                { StaysOpenAs = ResponseObligation.ParentsReturnOrCarerNamed },
        ],
    };

    /// <summary>Required in the situations above once the parents cannot be reached.</summary>
    private static readonly Requirement[] WithoutParents =
    [
        new("temporary care by the nearest relative, the village committee, or a relief or welfare body",
            Measure.TemporaryCareByRelative, Measure.TemporaryCareByVillageCommittee, Measure.TemporaryCareByReliefOrWelfareBody),
        new("the parents' notification assisted", Measure.ParentsNotificationAssisted),
    ];

    private static readonly Dictionary<Situation, Requirement[]> OfSituation = new()
    {
        [Situation.LivingAlone] = [],
        [Situation.GuardianIncapableOrFailing] = [],
        [Situation.Missing] = [new("the rapid missing-child search", Measure.RapidSearch)],
        [Situation.DomesticViolence] =
        [
            new("the violence stopped", Measure.ViolenceStopped),
            new("civil affairs notified for placement", Measure.CivilAffairsNotifiedForPlacement),
            new("the child placed", Measure.ChildPlaced),
            new("the filing decision, either way", Measure.CaseFiled, Measure.CaseNotFiled) { MustBeTaken = true },
        ],
        [Situation.OtherHarm] = [new("the harm stopped", Measure.HarmStopped), new("the child protected", Measure.ChildProtected)],
    };

    private static readonly Requirement[] OfEverySituation =
    [
        new("evidence taken", Measure.EvidenceTaken),
        new("help with medical care", Measure.MedicalCareHelped),
        new("help with the injury examination", Measure.InjuryExaminationHelped),
    ];

    /// <summary>Everything the situations of a case require together; a further report adds its own.</summary>
    public static IEnumerable<Requirement> Required(IReadOnlyCollection<Situation> situations, bool parentsUnreachable) =>
    [
        .. !AsksParents(situations) ? [] : parentsUnreachable ? WithoutParents : situations.SelectMany(OfTheirParents),
        .. situations.SelectMany(s => OfSituation[s]),
        .. OfEverySituation,
    ];

    /// <summary>What stays to be done after a response that was closed without the parents.</summary>
    public static IEnumerable<Requirement> StaysOpen(IReadOnlyCollection<Situation> situations, bool parentsUnreachable) =>
        parentsUnreachable ? situations.SelectMany(OfTheirParents) : [];

    /// <summary>Whether any of the situations asks something of the parents.</summary>
    public static bool AsksParents(IReadOnlyCollection<Situation> situations) => situations.Any(OfParents.ContainsKey);

    /// <summary>Measures that are never "not needed".</summary>
    public static bool MustBeTaken(Measure measure) => OfSituation.Values.SelectMany(r => r).Any(r => r.MustBeTaken && r.AnyOf.Contains(measure));

    private static Requirement[] OfTheirParents(Situation situation) => OfParents.GetValueOrDefault(situation, []);
}
