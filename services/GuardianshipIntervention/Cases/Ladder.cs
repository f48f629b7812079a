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
    /// How far intervention has come: the highest step recorded, the latest of its rung. Organs act as the law lets them, also on
    /// a lower rung after a higher one; the platform records it and holds no act against the ladder.
    /// </summary>
    public static Step? Highest(IEnumerable<Step> steps) => steps.MaxBy(s => (Rung(s.Act), s.OccurredAt));
}
