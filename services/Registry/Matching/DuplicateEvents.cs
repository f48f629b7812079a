using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Matching;

/// <summary>The newer of two files may be the same child as another; the evidence holds nothing of the person.</summary>
[StoredName("duplicate_suspected")]
public sealed record DuplicateSuspected(Guid Other, int Score, IReadOnlyList<Evidence> Evidence, ChildFacts After) : IChildEvent;

/// <summary>Somebody looked, and they are two; not suspected again on the same evidence.</summary>
[StoredName("duplicate_dismissed")]
public sealed record DuplicateDismissed(Guid Other, DismissalReason Reason, ChildFacts After) : IChildEvent;

/// <summary>Closed, because another file is this child's; a link that can be taken back.</summary>
[StoredName("child_file_merged")]
public sealed record ChildFileMerged(Guid Into, ChildFacts After) : IChildEvent;

/// <summary>Another file was found to be this child's; its pupils count here, and what it knows where this one knows nothing.</summary>
[StoredName("duplicate_joined")]
public sealed record DuplicateJoined(Guid Other, IReadOnlyList<Guid> Pupils, ChildFacts After, LentFacts? Lent = null) : IChildEvent;

/// <summary>A file that was merged into this one was told something new.</summary>
[StoredName("duplicate_told")]
public sealed record DuplicateTold(Guid Other, LentFacts Lent, ChildFacts After) : IChildEvent;

/// <summary>The link was taken back: the file is open again with its own facts and pupils.</summary>
[StoredName("child_file_unmerged")]
public sealed record ChildFileUnmerged(Guid From, UnmergeReason Reason, IReadOnlyList<Guid> Pupils, ChildFacts After) : IChildEvent;

/// <summary>The other file was parted from this one again.</summary>
[StoredName("duplicate_parted")]
public sealed record DuplicateParted(Guid Other, ChildFacts After) : IChildEvent;

/// <summary>Why two suspected files are two children.</summary>
public enum DismissalReason { Twins = 1, Siblings, SameName, OtherPerson }

/// <summary>Why a merge is taken back.</summary>
public enum UnmergeReason { MergedInError = 1, NewEvidence }
