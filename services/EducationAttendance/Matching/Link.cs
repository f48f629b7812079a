using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Matching;

/// <summary>Ties a pupil to the file that Registry found, and unties it. What is so already changes nothing. Pure, as far as the seal is.</summary>
public static class Link
{
    public static IEnumerable<IPupilEvent> Matched(Pupil pupil, Guid childId)
    {
        if (pupil.Facts.ChildId == childId)
            yield break;
        if (pupil.Facts.ChildId is { } other)
            yield return new PupilUnlinkedFromChild(other, pupil.Facts with { ChildId = null });
        yield return new PupilLinkedToChild(childId, pupil.Facts with { ChildId = childId });
    }

    /// <summary>A match taken back; the pupil waits and asks again. One that has another file by now keeps it.</summary>
    public static IEnumerable<IPupilEvent> Unlinked(Pupil pupil, Guid childId, Func<AskedIdentity?> ask)
    {
        if (pupil.Facts.ChildId == childId)
            yield return new PupilUnlinkedFromChild(childId, pupil.Facts with { ChildId = null }, ask());
    }

    /// <summary>What the roll told last of a pupil, sealed to Registry; null when its key was destroyed: who was erased looks for nothing.</summary>
    public static AskedIdentity? Ask(Pupil pupil, PersonKey? key, SealedTo registry) =>
        key is not null && pupil.Details is { } details && key.TryUnsealJson<PupilDetails>(details, out var known)
            ? new(pupil.BlindIndex, registry.SealJson(new PupilIdentity(known.Name, known.IdNumber)))
            : null;
}
