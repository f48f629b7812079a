using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;

namespace LeftBehind.EducationAttendance.Classes;

/// <summary>The class (班级) a pupil is in, as the roll tells it.</summary>
/// <param name="Id">Made of source, school and class number.</param>
/// <param name="No">The roll's own number of the class in its school.</param>
/// <param name="Grade">年级, 1–12; null when not told.</param>
/// <param name="Since">The day from which class and grade count; null in what older releases recorded.</param>
public sealed record ClassPlace(Guid Id, string No, int? Grade, DateOnly? Since = null)
{
    /// <summary>This, from the day of before where class and grade are as before.</summary>
    public ClassPlace After(ClassPlace? before) => before is not null && (before.Id, before.Grade) == (Id, Grade ?? before.Grade) ? before : this;
}

/// <summary>A class as the table knows it.</summary>
public sealed record SchoolClass(Guid Id, string SchoolNo, string No, DivisionId Village, DivisionId County)
{
    /// <summary>The stream of the class on a day.</summary>
    public Guid DayId(DateOnly date) => DayId(Id, date);

    /// <inheritdoc cref="DayId(DateOnly)"/>
    public static Guid DayId(Guid classId, DateOnly date) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"class-day/{classId:N}/{date.DayNumber}")).AsSpan(0, 16));
}

/// <summary>A pupil as attendance needs it: the class it is in, and its birth date.</summary>
public sealed record ClassPupil(Guid Pupil, Guid? Class, bool Enrolled, DateOnly? Born);
