namespace LeftBehind.Contracts.Education;

/// <summary>
/// Something happened in the pairing of a pupil with a helper of its school (结对帮扶); carries the whole state after it. Subjects of the fact: the pairing, and the pupil.
/// Told by EducationAttendance.
/// </summary>
/// <param name="PairingId">The pairing: one stream for each pupil, however often it is paired.</param>
/// <param name="PupilId">The pupil on the roll.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("pairing_recorded")]
public sealed record PairingRecorded(Guid PairingId, Guid PupilId, PairingChange Change, PairingFacts After);

/// <summary>What happened in a pairing.</summary>
public enum PairingChange { Begun, Talked, HomeVisited, HelpedToCall, PlanMade, Ended }

/// <summary>The facts of a pairing. No personal data, and not who helps.</summary>
/// <param name="School">Village or community in which the school stands; where it is counted.</param>
/// <param name="Active">It runs.</param>
/// <param name="Need">Why the pupil is paired.</param>
/// <param name="Since">The day it began, Asia/Shanghai; of one that has ended, the day it ended.</param>
/// <param name="CommitmentSigned">The helper signed the commitment (承诺书).</param>
/// <param name="Talks">Talks (谈心) since it began.</param>
/// <param name="HomeVisits">Home visits (家访) since it began.</param>
/// <param name="HelpedCalls">Calls home that the school helped to make (协助通话) since it began.</param>
/// <param name="HasPlan">There is an individual plan (一生一策).</param>
public sealed record PairingFacts(
    DivisionId School, bool Active, PairingNeed Need, DateOnly Since, bool CommitmentSigned, int Talks = 0, int HomeVisits = 0, int HelpedCalls = 0, bool HasPlan = false);

/// <summary>Why a pupil is paired (policy 篇四: 留守、贫困、残疾学生). The numbers are stored.</summary>
public enum PairingNeed : short
{
    /// <summary>留守.</summary>
    LeftBehind = 1,

    /// <summary>贫困学生.</summary>
    Hardship = 2,

    /// <summary>残疾儿童.</summary>
    Disabled = 3,

    /// <summary>A pupil in trouble, with conduct or with its studies.</summary>
    InTrouble = 4,
}
