using LeftBehind.Contracts.Guardianship;
using LeftBehind.Divisions;
using LeftBehind.GuardianshipIntervention.Cases;
using static LeftBehind.GuardianshipIntervention.Petitions.Limb;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>How a limb stands.</summary>
public enum LimbState { Shown, Missing, Disputed }

/// <summary>The three statutory grounds on which a petition is pleaded (民法典 §36, first paragraph).</summary>
public enum PleadingBasis
{
    /// <summary>实施严重损害被监护人身心健康的行为.</summary>
    HarmToBodyOrMind,

    /// <summary>怠于履行监护职责，或者无法履行监护职责且拒绝将监护职责部分或者全部委托给他人，导致被监护人处于危困状态.</summary>
    DutyNeglectedOrNotDelegated,

    /// <summary>实施严重侵害被监护人合法权益的其他行为.</summary>
    OtherSevereInfringement,
}

/// <summary>A limb, how it stands, and by what.</summary>
/// <param name="Items">The items of evidence that speak for it.</param>
/// <param name="Counted">Of a counted limb the acts, of a limb with a time the full months; else the acts of organs and items for it.</param>
/// <param name="Needed">How many it takes.</param>
public sealed record LimbFinding(Limb Limb, LimbState State, IReadOnlyList<Guid> Items, int Counted, int Needed);

/// <summary>A ground with its limbs.</summary>
public sealed record GroundFinding(PetitionGrounds Ground, PleadingBasis Basis, IReadOnlyList<LimbFinding> Limbs)
{
    /// <summary>Every limb is shown, and none disputed.</summary>
    public bool Shown => Limbs.All(l => l.State is LimbState.Shown);

    /// <summary>Nothing is missing. What is disputed the court settles; it bars nobody from petitioning.</summary>
    public bool MayBePleaded => Limbs.All(l => l.State is not LimbState.Missing);
}

/// <summary>
/// "May a petition be filed?": each ground of the policy (监护干预机制) limb by limb, from the case's own facts as of a moment. What happened after
/// that moment shows nothing. Pure.
/// </summary>
public static class Grounds
{
    /// <summary>The third ground's time (拒不履行监护职责六个月以上).</summary>
    public const int RefusalMonths = 6;

    private static readonly (PetitionGrounds Ground, PleadingBasis Basis, Limb[] Limbs)[] Table =
    [
        (PetitionGrounds.G1, PleadingBasis.HarmToBodyOrMind, [HarmInflicted, SevereHarm]),
        (PetitionGrounds.G2, PleadingBasis.DutyNeglectedOrNotDelegated, [LeftUnattended, DangerFaced, Educated, NotCorrected]),
        (PetitionGrounds.G3, PleadingBasis.DutyNeglectedOrNotDelegated, [DutyRefused, Destitute]),
        (PetitionGrounds.G4, PleadingBasis.DutyNeglectedOrNotDelegated, [ViceOrIncapacity, DelegationRefused, HardshipOrDanger]),
        (PetitionGrounds.G5, PleadingBasis.OtherSevereInfringement, [ExploitedForBegging, EducatedThreeTimes, CorrectionRefused, LifeAndStudyAffected]),
        (PetitionGrounds.G6, PleadingBasis.OtherSevereInfringement, [IncitedToOffend, GraveCircumstances]),
    ];

    /// <summary>Limbs that an organ's recorded act on such conduct shows, as an item of evidence does.</summary>
    private static readonly Dictionary<Limb, Conduct[]> ByConduct = new()
    {
        [HarmInflicted] = [Conduct.Infringement, Conduct.Sale, Conduct.Abandonment, Conduct.Abuse, Conduct.Violence],
        [LeftUnattended] = [Conduct.LeftUnattended],
        [ExploitedForBegging] = [Conduct.ExploitedForBegging],
        [IncitedToOffend] = [Conduct.IncitedToOffend],
    };

    /// <summary>True for the limbs that are counted from the ladder.</summary>
    public static bool IsCounted(Limb limb) => limb is Educated or EducatedThreeTimes;

    /// <summary>Every ground with its limbs as of a moment.</summary>
    public static IReadOnlyList<GroundFinding> Of(InterventionCase of, DateTimeOffset asOf) =>
        [.. from row in Table select new GroundFinding(row.Ground, row.Basis, [.. row.Limbs.Select(limb => Find(limb, of, asOf))])];

    /// <summary>The grounds of which every limb is shown and none disputed.</summary>
    public static PetitionGrounds ShownIn(InterventionCase of, DateTimeOffset asOf) =>
        Of(of, asOf).Where(g => g.Shown).Aggregate(PetitionGrounds.None, (all, g) => all | g.Ground);

    private static LimbFinding Find(Limb limb, InterventionCase of, DateTimeOffset asOf) => limb switch
    {
        Educated => Counted(limb, EducationActs.OnUnattended(of, asOf).Count, EducationActs.Once),
        EducatedThreeTimes => Counted(limb, EducationActs.OnBegging(of, asOf).Count, EducationActs.ThreeTimes),
        // Not correcting oneself is shown by what happened after one was educated as often as the ground asks.
        NotCorrected => ByItems(limb, of, asOf, since: EducationActs.NthOf(EducationActs.OnUnattended(of, asOf), EducationActs.Once)),
        CorrectionRefused => ByItems(limb, of, asOf, since: EducationActs.NthOf(EducationActs.OnBegging(of, asOf), EducationActs.ThreeTimes)),
        DutyRefused => ForMonths(limb, of, asOf),
        // Whoever lets another care has not refused to delegate; care that is entrusted is told by Registry.
        DelegationRefused when of.CareEntrusted => new(limb, LimbState.Missing, [.. ItemsOf(limb, of, asOf).Select(e => e.Request)], 0, 1),
        _ => ByItems(limb, of, asOf, since: null),
    };

    private static LimbFinding Counted(Limb limb, int counted, int needed) =>
        new(limb, counted >= needed ? LimbState.Shown : LimbState.Missing, [], counted, needed);

    private static LimbFinding ByItems(Limb limb, InterventionCase of, DateTimeOffset asOf, DateTimeOffset? since)
    {
        var items = ItemsOf(limb, of, asOf).Where(e => since is null || e.OccurredAt > since).ToList();
        var acts = ByConduct.TryGetValue(limb, out var conducts) ? of.Steps.Count(s => s.OccurredAt <= asOf && conducts.Contains(s.Conduct)) : 0;
        var undisputed = acts + items.Count(e => !e.Disputed);
        return new(limb, undisputed > 0 ? LimbState.Shown : items.Count > 0 ? LimbState.Disputed : LimbState.Missing, [.. items.Select(e => e.Request)], acts + items.Count, 1);
    }

    /// <summary>
    /// From the day the refusal began, the corresponding day six months on is the first that will do: of a month without such a day its
    /// last (民法典 §202).
    /// </summary>
    private static LimbFinding ForMonths(Limb limb, InterventionCase of, DateTimeOffset asOf)
    {
        var items = ItemsOf(limb, of, asOf).ToList();
        var lasting = items.Where(e => WorkCalendar.DayOf(e.OccurredAt).AddMonths(RefusalMonths) <= WorkCalendar.DayOf(asOf)).ToList();
        var state = lasting.Exists(e => !e.Disputed) ? LimbState.Shown : lasting.Count > 0 ? LimbState.Disputed : LimbState.Missing;
        return new(limb, state, [.. items.Select(e => e.Request)], items.Select(e => FullMonths(WorkCalendar.DayOf(e.OccurredAt), WorkCalendar.DayOf(asOf))).DefaultIfEmpty().Max(), RefusalMonths);
    }

    private static int FullMonths(DateOnly from, DateOnly to)
    {
        var months = (to.Year - from.Year) * 12 + to.Month - from.Month;
        return from.AddMonths(months) > to ? months - 1 : months;
    }

    private static IEnumerable<Evidence> ItemsOf(Limb limb, InterventionCase of, DateTimeOffset asOf) =>
        of.Evidence.Where(e => e.Limb == limb && e.OccurredAt <= asOf);
}
