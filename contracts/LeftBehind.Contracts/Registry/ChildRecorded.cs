namespace LeftBehind.Contracts.Registry;

/// <summary>Registry's facts of a child's file changed. Carries the whole group after the change, so that a consumer needs no history.</summary>
/// <param name="ChildId">The child's file (一人一档).</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts that Registry owns, after the change.</param>
/// <param name="Why">Why a category was gained or lost; null for other changes, and before reasons were told.</param>
/// <param name="HouseholdId">The household (户) that the child is in, an id that tells nothing of it; told when the file is opened and when the child moves, else null.</param>
[StoredName("child_recorded")]
public sealed record ChildRecorded(Guid ChildId, ChildChange Change, ChildFacts After, CategoryReasons? Why = null, Guid? HouseholdId = null);

/// <summary>What changed in a child's file.</summary>
public enum ChildChange
{
    Opened, IdentityCorrected, Moved, ParentStatusChanged, CategoryChanged, CarerChanged, DifficultyChanged, Closed, Reopened, PupilLinked, PupilUnlinked,
    DisabilityChanged, IllnessChanged, AidChanged, GuardianChanged, RuleVersionChanged,
    DuplicateSuspected, DuplicateDismissed, Merged, Unmerged, DuplicateJoined, DuplicateParted, DuplicateTold,
    PersonalDataErased,
}

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
    ChildCategory Category, LeftBehindReason? Reason, CarerKind Carer, bool Verified)
{
    /// <summary>Why the child is in difficulty (困境), every ground that holds; None for a child that is not.</summary>
    public Difficulties Difficulties { get; init; }

    /// <summary>Grade of disability that is certified; None when a certificate was withdrawn; null when not collected (未采集).</summary>
    public DisabilityGrade? Disability { get; init; }

    /// <summary>Kind of the certified disability; null without one.</summary>
    public DisabilityKind? DisabilityKind { get; init; }

    /// <summary>The gravest illness that lasts; None when all told of ended; null when not collected. Diagnoses stay in Registry.</summary>
    public Illness? Illness { get; init; }

    /// <summary>Aid that runs; None when all told of ended; null when not collected.</summary>
    public AidKinds? Aid { get; init; }

    /// <summary>Who the legal guardian is (监护), apart from who cares; null when not collected.</summary>
    public GuardianKind? Guardian { get; init; }

    /// <summary>Division of the household registration (户籍), apart from residence and school; null when not collected.</summary>
    public DivisionId? Hukou { get; init; }

    /// <summary>Why an open file was opened again; null for one that never was closed. Why a file is closed is its <see cref="State"/>.</summary>
    public ReopenReason? Reopened { get; init; }
}

/// <summary>State of a child's file; a closed file says why.</summary>
public enum FileState { Open, Deceased, MovedAway, Adult, EnteredInError, MergedInto }

/// <summary>Sex as the source tells it; NotCollected (未采集) when it does not.</summary>
public enum Sex { NotCollected, Male, Female }

/// <summary>Category of a child (农村留守儿童 / 困境儿童); Undetermined when residency (rural or not) is unknown.</summary>
public enum ChildCategory { None, LeftBehind, InDifficulty, LeftBehindInDifficulty, Undetermined, UndeterminedInDifficulty }

/// <summary>Questions about a category that several places ask.</summary>
public static class ChildCategories
{
    /// <summary>农村留守儿童.</summary>
    public static bool IsLeftBehind(this ChildCategory category) => category is ChildCategory.LeftBehind or ChildCategory.LeftBehindInDifficulty;

    /// <summary>困境儿童.</summary>
    public static bool IsInDifficulty(this ChildCategory category) =>
        category is ChildCategory.InDifficulty or ChildCategory.LeftBehindInDifficulty or ChildCategory.UndeterminedInDifficulty;
}

/// <summary>Why a child is left behind: both parents out for work, or one out and the other without guardianship capacity (国发〔2016〕13号).</summary>
public enum LeftBehindReason { BothParentsOut, OneOutOtherWithoutCapacity }

/// <summary>Who cares for a child day by day.</summary>
public enum CarerKind { NotCollected, Grandparents, RelativesOrFriends, OtherParent, None }
