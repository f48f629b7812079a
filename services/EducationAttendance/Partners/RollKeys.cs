using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>Ids made of a student number: the same number of the same source is always the same pupil, and no number can be read from it.</summary>
public sealed class RollKeys(BlindIndex index)
{
    public Guid Pupil(string source, StudentNo studentNo) => index.ShortOf("pupil", source + "/" + studentNo.Reveal());

    /// <summary>All rows of one pupil are ordered together.</summary>
    public Guid Ordered(Guid pupil) => index.ShortOf("order", "pupil/" + pupil.ToString("N"));
}
