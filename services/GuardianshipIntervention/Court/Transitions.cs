using LeftBehind.Access;
using LeftBehind.Contracts.Guardianship;
using static LeftBehind.Access.Department;
using static LeftBehind.GuardianshipIntervention.Court.CourtAct;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>When an act is allowed, and what it leads to.</summary>
/// <param name="Act">The act.</param>
/// <param name="From">States of the case in which it may be recorded.</param>
/// <param name="To">The state it leads to; null where that stays.</param>
/// <param name="By">Whose record it may be: the departments; nobody's where the clock alone does it.</param>
/// <param name="Basis">The rule.</param>
public sealed record Transition(CourtAct Act, CaseState[] From, CaseState? To, Department[] By, string Basis)
{
    /// <summary>States of the protection order in which it may be recorded; empty where that does not matter.</summary>
    public OrderState[] OrderFrom { get; init; } = [];

    /// <summary>The state of the order that it leads to; null where that stays.</summary>
    public OrderState? OrderTo { get; init; }

    /// <summary>The step of the ladder that it reaches.</summary>
    public CaseStep? Step { get; init; }

    /// <summary>Against parents only (true), entrusted carers only (false), or both.</summary>
    public bool? Parents { get; init; }

    /// <summary>The acts of the same proceedings, before the last of which this one cannot lie.</summary>
    public CourtAct[] NotBefore { get; init; } = [];
}

/// <summary>
/// The court's part of the ladder as one table: whatever it does not list is refused. Organs' acts below it (admonition to criminal
/// filing) may follow each other in any order, for steps may be skipped upwards and organs act as the law lets them.
/// </summary>
public static class Transitions
{
    private static readonly CaseState[] Any = Enum.GetValues<CaseState>(), Running = [.. Any.Where(s => s is not CaseState.Closed)];
    private static readonly Department[] OfCourts = [CivilAffairs, Justice], OfAll = [CivilAffairs, Police, Justice], OfCivilAffairs = [CivilAffairs];
    private const string Petition = "民法典 §36", Restoration = "民法典 §38", Closing = "platform default: county civil affairs keep the case";

    /// <summary>Every allowed act. An order runs on by its own time, also when the case has ended.</summary>
    public static IReadOnlyList<Transition> All { get; } =
    [
        new(OrderApplied, Running, null, OfAll, "反家庭暴力法 §23")
            { OrderFrom = [OrderState.None, OrderState.Refused, OrderState.Lapsed, OrderState.SetAside], OrderTo = OrderState.Applied, Step = CaseStep.ProtectionOrder },
        new(OrderGranted, Any, null, OfCourts, "反家庭暴力法 §28") { OrderFrom = [OrderState.Applied], OrderTo = OrderState.Granted, NotBefore = [OrderApplied] },
        new(OrderRefused, Any, null, OfCourts, "反家庭暴力法 §28") { OrderFrom = [OrderState.Applied], OrderTo = OrderState.Refused, NotBefore = [OrderApplied] },
        new(OrderExtended, Any, null, OfCourts, "反家庭暴力法 §30") { OrderFrom = [OrderState.Granted], NotBefore = [OrderGranted, OrderExtended] },
        new(OrderReviewAsked, Any, null, OfAll, "反家庭暴力法 §31") { OrderFrom = [OrderState.Granted, OrderState.Refused], NotBefore = [OrderGranted, OrderRefused] },
        new(OrderReviewUpheld, Any, null, OfCourts, "反家庭暴力法 §31") { OrderFrom = [OrderState.Granted, OrderState.Refused], NotBefore = [OrderReviewAsked] },
        new(OrderSetAside, Any, null, OfCourts, "反家庭暴力法 §30、§31") { OrderFrom = [OrderState.Granted], OrderTo = OrderState.SetAside, NotBefore = [OrderGranted, OrderExtended] },
        new(OrderLapsed, Any, null, [], "反家庭暴力法 §30") { OrderFrom = [OrderState.Granted], OrderTo = OrderState.Lapsed, NotBefore = [OrderGranted, OrderExtended] },
        new(PetitionFiled, [CaseState.Open], CaseState.PetitionFiled, OfAll, Petition) { Parents = true, Step = CaseStep.RevocationPetition },
        new(PetitionExtended, [CaseState.PetitionFiled], null, OfCourts, "民事诉讼法 §187") { Parents = true, NotBefore = [PetitionFiled, PetitionExtended] },
        new(PetitionWithdrawn, [CaseState.PetitionFiled], CaseState.Open, OfCourts, Petition) { Parents = true, Step = CaseStep.PetitionWithdrawn, NotBefore = [PetitionFiled] },
        new(PetitionDismissed, [CaseState.PetitionFiled], CaseState.Open, OfCourts, Petition) { Parents = true, Step = CaseStep.PetitionDismissed, NotBefore = [PetitionFiled] },
        new(GuardianshipRevoked, [CaseState.PetitionFiled], CaseState.Judged, OfCourts, Petition) { Parents = true, Step = CaseStep.GuardianDesignated, NotBefore = [PetitionFiled] },
        new(CrimeConvicted, Any, null, OfAll, Restoration),
        new(RestorationPetitioned, [CaseState.Judged], CaseState.RestorationFiled, OfCourts, Restoration)
            { Parents = true, Step = CaseStep.RestorationPetition, NotBefore = [GuardianshipRevoked] },
        new(GuardianshipRestored, [CaseState.RestorationFiled], CaseState.Closed, OfCourts, Restoration)
            { Parents = true, Step = CaseStep.Restored, NotBefore = [RestorationPetitioned] },
        new(RestorationRefused, [CaseState.RestorationFiled], CaseState.Judged, OfCourts, Restoration)
            { Parents = true, Step = CaseStep.RestorationRefused, NotBefore = [RestorationPetitioned] },
        new(CarerFoundUnfit, [CaseState.Open], CaseState.Closed, OfCivilAffairs, "未成年人保护法 §22") { Parents = false, Step = CaseStep.CarerFoundUnfit },
        new(CaseClosed, [CaseState.Open, CaseState.Judged], CaseState.Closed, OfCivilAffairs, Closing),
    ];

    private static readonly Dictionary<CourtAct, Transition> ByAct = All.ToDictionary(t => t.Act);

    /// <summary>The row of an act.</summary>
    public static Transition Of(CourtAct act) => ByAct[act];
}
