using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Imports;

/// <summary>Category of an imported event. The numbers are stored.</summary>
public enum ImportedCategory : short { InAttendance = 1, Excused = 2, Unexcused = 3, Tardy = 4, Partial = 5 }

/// <summary>One imported event of a pupil.</summary>
public sealed record ImportedMark(Guid Pupil, ImportedCategory Category, decimal Missed);

/// <summary>The first event of a school and session on a day implies that the roll was called there.</summary>
[StoredName("imported_roll_implied")]
public sealed record ImportedRollImplied(string SchoolId, string SessionName, DateOnly Date);

/// <summary>An event was told, or told anew.</summary>
[StoredName("imported_attendance_told")]
public sealed record ImportedAttendanceTold(ImportedMark Mark);

/// <summary>A day of a school's session under its own imported calendar: the days on which anything was told. Stays in the house.</summary>
public sealed record ImportedDay(Guid Id) : IFolded<ImportedDay>
{
    public static string StreamType => "imported-day";

    public static ImportedDay New(Guid id) => new(id);

    public bool RollCalled { get; private init; }
    public IReadOnlyDictionary<(Guid Pupil, ImportedCategory Category), decimal> Missed { get; private init; } = new Dictionary<(Guid, ImportedCategory), decimal>();

    public static IEnumerable<object> Decide(ImportedDay day, string schoolId, string sessionName, DateOnly date, ImportedMark told)
    {
        if (!day.RollCalled)
            yield return new ImportedRollImplied(schoolId, sessionName, date);
        if (!day.Missed.TryGetValue((told.Pupil, told.Category), out var known) || known != told.Missed)
            yield return new ImportedAttendanceTold(told);
    }

    public ImportedDay After(object @event) => @event switch
    {
        ImportedRollImplied => this with { RollCalled = true },
        ImportedAttendanceTold { Mark: var m } => this with { Missed = new Dictionary<(Guid, ImportedCategory), decimal>(Missed) { [(m.Pupil, m.Category)] = m.Missed } },
        _ => this,
    };
}
