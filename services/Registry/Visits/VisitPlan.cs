using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Visits;

/// <summary>How often a child is visited and why, from what its file, assessments and the roll tell. Pure.</summary>
/// <param name="Open">Whether the file is open; of a closed one nobody is visited.</param>
/// <param name="Village">Where the child lives.</param>
/// <param name="Risk">As assessed last of this file; null when it never was.</param>
/// <param name="DroppedOut">Dropped out of compulsory school, as the roll tells it.</param>
/// <param name="Cadence">How often.</param>
/// <param name="KeyList">Why it is on the key list.</param>
/// <param name="HasWorker">Whether a worker is named.</param>
public sealed record VisitPlan(bool Open, DivisionId Village, RiskLevel? Risk, bool DroppedOut, Cadence Cadence, KeyListReasons KeyList, bool HasWorker)
{
    private const Difficulties OfKeyList = Difficulties.Hardship | Difficulties.GuardianMissing | Difficulties.DeFactoUnsupported;

    /// <summary>Nothing that needs to be kept: no visits, and nothing told beside the file.</summary>
    public bool IsPlain => this is { Risk: null, DroppedOut: false, Cadence: Cadence.None, KeyList: KeyListReasons.None, HasWorker: false };

    /// <summary>
    /// High risk weekly, Medium monthly, by the highest of the file's own and those of files merged into it; left behind or in difficulty
    /// quarterly, and on the key list monthly at least. All a platform default; the reasons of the key list are the policy's (篇四 (三)6), High risk apart.
    /// </summary>
    public static VisitPlan Of(Child child, RiskLevel? risk, bool droppedOut, bool hasWorker, RiskLevel? lent = null)
    {
        var (facts, highest) = (child.Facts, Nullable.Compare(lent, risk) > 0 ? lent : risk);
        var plan = new VisitPlan(facts.State is FileState.Open, facts.Residence, risk, droppedOut, Cadence.None, KeyListReasons.None, false);
        if (!plan.Open)
            return plan;
        var byRisk = highest switch
        {
            RiskLevel.High => Cadence.Weekly,
            RiskLevel.Medium => Cadence.Monthly,
            _ when facts.Category.IsLeftBehind() || facts.Category.IsInDifficulty() => Cadence.Quarterly,
            _ => Cadence.None,
        };
        var reasons = byRisk is Cadence.None ? KeyListReasons.None : ReasonsOf(facts, highest, droppedOut);
        return plan with { Cadence = reasons is not KeyListReasons.None && byRisk < Cadence.Monthly ? Cadence.Monthly : byRisk, KeyList = reasons, HasWorker = hasWorker };
    }

    /// <summary>Each reason with the source system or service that told it; what follows from several sources, this one.</summary>
    public IReadOnlyList<KeyListing> Listings(Child child) =>
    [
        .. from reason in Enum.GetValues<KeyListReasons>()
           where reason is not KeyListReasons.None && KeyList.HasFlag(reason)
           select new KeyListing(reason, SourceOf(reason, child.Needs) ?? RegistryModule.Schema),
    ];

    private static KeyListReasons ReasonsOf(ChildFacts facts, RiskLevel? risk, bool droppedOut)
    {
        var reasons = droppedOut ? KeyListReasons.DroppedOut : KeyListReasons.None;
        if (risk is RiskLevel.High)
            reasons |= KeyListReasons.HighRisk;
        if (facts.Disability is not (null or DisabilityGrade.None))
            reasons |= KeyListReasons.Disabled;
        foreach (var difficulty in Enum.GetValues<Difficulties>())
            if (difficulty is not Difficulties.None && (facts.Difficulties & OfKeyList).HasFlag(difficulty))
                reasons |= Enum.Parse<KeyListReasons>(difficulty.ToString());
        return reasons;
    }

    private static string? SourceOf(KeyListReasons reason, Needs needs) => reason switch
    {
        KeyListReasons.DroppedOut => "education",
        KeyListReasons.HighRisk => "assessment",
        KeyListReasons.Disabled => needs.Disability?.Source,
        _ => Difficulty.SourceOf(Enum.Parse<Difficulties>(reason.ToString()), needs),
    };
}

/// <summary>A reason of the key list, and who told it.</summary>
public sealed record KeyListing(KeyListReasons Reason, string Source);
