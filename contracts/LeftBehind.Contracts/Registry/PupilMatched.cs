namespace LeftBehind.Contracts.Registry;

/// <summary>Registry found the file of a pupil that waited for a match.</summary>
[StoredName("pupil_matched")]
public sealed record PupilMatched(Guid PupilId, Guid ChildId);

/// <summary>A match was taken back; the pupil waits again.</summary>
[StoredName("pupil_unlinked")]
public sealed record PupilUnlinked(Guid PupilId, Guid ChildId);
