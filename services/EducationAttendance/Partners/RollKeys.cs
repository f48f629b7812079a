using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>Ids made of a student number: the same number of the same source is always the same pupil, and no number can be read from it.</summary>
public sealed class RollKeys(BlindIndex index)
{
    public Guid Pupil(string source, StudentNo studentNo) => index.ShortOf("pupil", source + "/" + studentNo.Reveal());

    /// <summary>A class by the source's numbers of school and class; neither holds the separator, for no text of a row holds a control character.</summary>
    public Guid Class(string source, string schoolNo, string classNo) => index.ShortOf("class", source + "/" + schoolNo + "\n" + classNo);

    /// <summary>All roll calls of one session of a class-day are ordered together, and what waits for one waits for this.</summary>
    public Guid Session(Guid classDay, int session) => index.ShortOf("order", $"session/{classDay:N}/{session}");

    /// <summary>A day of a school's session of a foreign format.</summary>
    public Guid ImportedDay(string source, string schoolId, string sessionName, DateOnly date) =>
        index.ShortOf("imported-day", $"{source}/{schoolId}\n{sessionName}\n{date.DayNumber}");

    /// <summary>All rows of one pupil and category on such a day.</summary>
    public Guid Imported(Guid day, Guid pupil, int category) => index.ShortOf("order", $"imported/{day:N}/{pupil:N}/{category}");

    /// <summary>All rows of one pupil in one session.</summary>
    public Guid SessionOfPupil(Guid session, Guid pupil) => index.ShortOf("order", $"mark/{session:N}/{pupil:N}");

    /// <summary>All rows of one pupil are ordered together.</summary>
    public Guid Ordered(Guid pupil) => index.ShortOf("order", "pupil/" + pupil.ToString("N"));
}
