namespace LeftBehind.Contracts.Education;

/// <summary>
/// A difference between the student roll and Registry was found, is gone, or was decided on by a person; carries the whole state after it. The roll's own flags are
/// claims and count in no figure: their differences are work for people (学籍与主档核对). Subjects of the fact: the case, and the pupil. Told by EducationAttendance.
/// </summary>
/// <param name="CaseId">The case: one stream for each pupil and kind of difference, however often it comes back.</param>
/// <param name="PupilId">The pupil on the roll.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("reconciliation_recorded")]
public sealed record ReconciliationRecorded(Guid CaseId, Guid PupilId, ReconciliationChange Change, ReconciliationFacts After);

/// <summary>What happened to a difference.</summary>
public enum ReconciliationChange { Found, Gone, Decided }

/// <summary>The facts of a difference. No personal data.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="State">Whether it is open.</param>
/// <param name="School">Village or community in which the school stands; where it is counted.</param>
/// <param name="Since">The day from which that state counts, Asia/Shanghai.</param>
/// <param name="Decision">What a person decided; null while nobody has.</param>
public sealed record ReconciliationFacts(ReconciliationKind Kind, ReconciliationState State, DivisionId School, DateOnly Since, ReconciliationDecision? Decision = null);

/// <summary>What differs between the roll and Registry. The numbers are stored.</summary>
public enum ReconciliationKind : short
{
    /// <summary>On the roll, and Registry has found no file for seven days (platform default).</summary>
    NotInRegistry = 1,

    /// <summary>Registry counts the child as left behind; the roll's flag says it is not.</summary>
    LeftBehindInRegistry = 2,

    /// <summary>The roll's flag says left behind; Registry, which knows all that the rule asks, does not count a child under 16 so.</summary>
    LeftBehindOnRoll = 3,

    /// <summary>The file was closed because the child moved away; the roll has the pupil.</summary>
    MovedInRegistry = 4,

    /// <summary>The file was closed because the child died; the roll has the pupil.</summary>
    DeceasedInRegistry = 5,

    /// <summary>The pupil left the roll because it died; the file is open.</summary>
    DeceasedOnRoll = 6,
}

/// <summary>Whether a difference is open. The numbers are stored.</summary>
public enum ReconciliationState : short
{
    /// <summary>To be settled.</summary>
    Open = 1,

    /// <summary>A person decided on it; the two may differ on.</summary>
    Decided = 2,

    /// <summary>The two agree, or the pupil is not on the roll any more.</summary>
    Gone = 3,
}

/// <summary>What a person decided of a difference. The numbers are stored.</summary>
public enum ReconciliationDecision : short
{
    /// <summary>The roll is to be corrected.</summary>
    RegistryIsRight = 1,

    /// <summary>Registry is to be corrected.</summary>
    RollIsRight = 2,

    /// <summary>Both stand, for the reason given.</summary>
    BothStand = 3,
}
