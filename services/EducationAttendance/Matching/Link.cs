using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Matching;

/// <summary>Ties a pupil to the file that Registry found, and unties it. What is so already changes nothing. Pure.</summary>
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

    public static IEnumerable<IPupilEvent> Unlinked(Pupil pupil, Guid childId)
    {
        if (pupil.Facts.ChildId == childId)
            yield return new PupilUnlinkedFromChild(childId, pupil.Facts with { ChildId = null });
    }
}
