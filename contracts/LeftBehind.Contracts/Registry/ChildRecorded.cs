namespace LeftBehind.Contracts.Registry;

/// <summary>Registry's facts of a child's file changed. Carries the whole group after the change, so that a consumer needs no history.</summary>
/// <param name="ChildId">The child's file (一人一档).</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts that Registry owns, after the change.</param>
[StoredName("child_recorded")]
public sealed record ChildRecorded(Guid ChildId, ChildChange Change, ChildFacts After);

/// <summary>What changed in a child's file.</summary>
public enum ChildChange { Opened, IdentityCorrected, Moved, ParentStatusChanged, CategoryChanged, CarerChanged, DifficultyChanged, Closed, Reopened, PupilLinked, PupilUnlinked }

/// <summary>The group of facts that Registry alone owns (domain: one child, one file).</summary>
/// <param name="State">State of the file.</param>
/// <param name="Residence">Village of residence; the anchor of care, work lists and the official table.</param>
/// <param name="BirthDate">May travel and survives erasure; null when not collected.</param>
/// <param name="Sex">May travel and survives erasure.</param>
/// <param name="Category">Fact beside the state, never a closure.</param>
/// <param name="Reason">Why the child counts as left behind; null otherwise.</param>
/// <param name="Carer">Who actually cares for the child (委托照护), apart from guardianship.</param>
/// <param name="Verified">Identity confirmed: number, birth date and name agree (GB 11643 and the source).</param>
public sealed record ChildFacts(
    FileState State, DivisionId Residence, DateOnly? BirthDate, Sex Sex,
    ChildCategory Category, LeftBehindReason? Reason, CarerKind Carer, bool Verified);

/// <summary>State of a child's file; a closed file says why.</summary>
public enum FileState { Open, Deceased, MovedAway, Adult, EnteredInError, MergedInto }

/// <summary>Sex as the source tells it; NotCollected (未采集) when it does not.</summary>
public enum Sex { NotCollected, Male, Female }

/// <summary>Category of a child (农村留守儿童 / 困境儿童); Undetermined when residency (rural or not) is unknown.</summary>
public enum ChildCategory { None, LeftBehind, InDifficulty, LeftBehindInDifficulty, Undetermined }

/// <summary>Why a child is left behind: both parents out for work, or one out and the other without guardianship capacity (国发〔2016〕13号).</summary>
public enum LeftBehindReason { BothParentsOut, OneOutOtherWithoutCapacity }

/// <summary>Who cares for a child day by day.</summary>
public enum CarerKind { NotCollected, Grandparents, RelativesOrFriends, OtherParent, None }
