using LeftBehind.Contracts.Guardianship;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>The ladder of intervention (policy: 监护干预机制; 未成年人保护法 §118): educate, warn, punish, prosecute.</summary>
public static class Ladder
{
    /// <summary>The rung of an act. Acts of one rung may follow each other in any order and number.</summary>
    public static int Rung(InterventionAct act) => act switch
    {
        InterventionAct.Admonition => 1,
        InterventionAct.Reprimand or InterventionAct.WrittenWarning or InterventionAct.FamilyEducationOrder => 2,
        InterventionAct.AdminPenalty => 3,
        InterventionAct.CriminalFiling => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    /// <summary>
    /// The step that a new one would go down from, in the order in which they happened: a higher one before it, or a lower one
    /// after it. Null when the new step climbs or stays; rungs may be skipped for severe conduct.
    /// </summary>
    public static Step? Against(IEnumerable<Step> steps, Step added) => steps.FirstOrDefault(s =>
        (s.OccurredAt < added.OccurredAt && Rung(s.Act) > Rung(added.Act)) || (s.OccurredAt > added.OccurredAt && Rung(s.Act) < Rung(added.Act)));
}
