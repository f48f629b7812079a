using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EducationAttendance.Goals;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Classes;

/// <summary>Keeps the tables of classes, and of pupils by school, as the pupils' events say, in the same transaction, and wakes attendance that waited for them.</summary>
public sealed class KeepClasses(DivisionTree tree)
{
    /// <param name="work">The transaction.</param>
    /// <param name="source">Whose roll it is.</param>
    /// <param name="changed">Pupils before and after.</param>
    public void After(StoreWork work, string source, IReadOnlyCollection<(Pupil Before, Pupil After)> changed)
    {
        SchoolPupils.Write(work, changed.Select(c => c.After));
        var placed = changed.Where(c => c.Before.Class is not null || c.After.Class is not null).Select(c => c.After).ToList();
        if (placed.Count == 0)
            return;
        ClassTable.Write(work, source, from p in placed where p.Class is not null select (p.Class, p.SchoolNo, p.Facts.School, CountyOf(p.Facts.School), p.Class!.Since ?? p.Facts.Since ?? default));
        ClassTable.Write(work, placed.Select(p => new ClassPupil(p.Id, p.Class?.Id, p.Facts.State is EnrolmentState.Enrolled, p.Facts.BirthDate)));
        WakeAttendance.For(work, [.. placed.Select(p => p.Id).Concat(placed.Where(p => p.Class is not null).Select(p => p.Class!.Id)).Distinct()]);
    }

    private DivisionId CountyOf(DivisionId village) => tree.Path(village).First(d => tree.Level(d) is DivisionLevel.County);
}
