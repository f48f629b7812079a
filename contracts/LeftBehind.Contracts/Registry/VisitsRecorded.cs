namespace LeftBehind.Contracts.Registry;

/// <summary>Something changed about the visits (走访) of a child. Carries the whole group after the change. Subject: the child's file.</summary>
/// <param name="VisitsId">The stream of the child's visits, whose version orders these facts.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts of its visits, after the change.</param>
[StoredName("visits_recorded")]
public sealed record VisitsRecorded(Guid VisitsId, Guid ChildId, VisitsChange Change, VisitFacts After);

/// <summary>What changed about a child's visits.</summary>
public enum VisitsChange
{
    /// <summary>How often the child is visited, its key list or its worker changed.</summary>
    PlanChanged,

    /// <summary>A visit was recorded.</summary>
    Visited,

    /// <summary>A visit was corrected by its author.</summary>
    VisitCorrected,

    /// <summary>A visit was not made in time.</summary>
    Missed,

    /// <summary>A visit that was due was let go by the county.</summary>
    LetGo,

    /// <summary>A worker was named for this child alone, or is no longer.</summary>
    WorkerNamed,

    /// <summary>A visit found something abnormal, told to the town.</summary>
    SituationReported,

    /// <summary>The town took note of it.</summary>
    SituationAcknowledged,
}

/// <summary>What is told of a child's visits.</summary>
/// <param name="Cadence">How often the child is to be visited.</param>
/// <param name="KeyList">Why the child is on the key list (重点对象); None for one that is not.</param>
/// <param name="LastVisitOn">Day of the latest visit, Asia/Shanghai; null when there was none.</param>
/// <param name="Overdue">A visit was not made in time and is still missing. Told by the sweep, never computed from a clock.</param>
/// <param name="VerifiedByVisit">Who the child is was checked at its home (入户核实); no condition for being counted.</param>
/// <param name="HasWorker">A worker (儿童主任) is named for its village or for the child itself.</param>
public sealed record VisitFacts(Cadence Cadence, KeyListReasons KeyList, DateOnly? LastVisitOn, bool Overdue, bool VerifiedByVisit, bool HasWorker);

/// <summary>How often a child is visited. Platform default; the policy says regularly (定期或不定期走访、探视).</summary>
public enum Cadence
{
    /// <summary>Not at all by rule: neither left behind, nor in difficulty, nor at risk.</summary>
    None,

    /// <summary>Low risk.</summary>
    Quarterly,

    /// <summary>Medium risk, and whoever is on the key list, at least.</summary>
    Monthly,

    /// <summary>High risk.</summary>
    Weekly,
}

/// <summary>
/// Why a child is on the key list (policy: 重点排查义务教育阶段辍学、家庭生活困难、监护人缺失、事实无人抚养、残疾等); High risk is a platform
/// default. Several may hold.
/// </summary>
[Flags]
public enum KeyListReasons { None = 0, DroppedOut = 1, Hardship = 2, GuardianMissing = 4, DeFactoUnsupported = 8, Disabled = 16, HighRisk = 32 }
