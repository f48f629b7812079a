using LeftBehind.ReadLog;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>Reads of pupils in the record of reads.</summary>
internal static class PupilReads
{
    /// <summary>What was opened where that is not the pupil itself, the pupil, and the child it is where that is known.</summary>
    public static ReadOf Of(Pupil pupil, params Guid[] opened) => new(pupil.Facts.School, [.. opened, pupil.Id, .. pupil.Facts.ChildId is { } child ? [child] : (Guid[])[]]);
}
