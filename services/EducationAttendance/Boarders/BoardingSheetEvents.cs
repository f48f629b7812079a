using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>What a sheet says of a boarder. The numbers are the protocol's.</summary>
public enum BoardingMark { Excused = 1, NotFound, ToParent, ToGuardian, ToCarer, ToRelative, BySchoolTransport, Stays, NotHandedOver }

/// <summary>One boarder that a sheet names, with the child's file as it was known then.</summary>
public sealed record BoardingEntry(Guid Pupil, Guid? Child, BoardingMark Mark);

/// <summary>Of which kind, school, dormitory and date a sheet is.</summary>
public sealed record BoardingPlace(BoardingSheetKind Kind, DivisionId School, string SchoolNo, string Dormitory, DateOnly Date);

/// <summary>An event of a sheet. Each carries the facts that leave the house, after the change.</summary>
public interface IBoardingSheetEvent
{
    /// <summary>Which sheet.</summary>
    BoardingPlace Of { get; }

    /// <summary>All that is told of it.</summary>
    BoardingSheetFacts After { get; }
}

/// <summary>The sheet was told, or told anew.</summary>
/// <param name="Of">See the interface.</param>
/// <param name="Request">Made of the caller and its request id.</param>
/// <param name="Entries">Whom it names.</param>
/// <param name="Missing">Those of them who are not found and were not so before; each is suspected missing.</param>
/// <param name="At">When it was told; UTC.</param>
/// <param name="Again">It corrects what was told.</param>
/// <param name="After">See the interface.</param>
[StoredName("boarding_sheet_told")]
public sealed record BoardingSheetTold(
    BoardingPlace Of, Guid Request, BoardingEntry[] Entries, BoardingEntry[] Missing, DateTimeOffset At, bool Again, BoardingSheetFacts After) : IBoardingSheetEvent;

/// <summary>The night was due and has begun, and no roll was taken.</summary>
[StoredName("night_roll_missed")]
public sealed record NightRollMissed(BoardingPlace Of, BoardingSheetFacts After) : IBoardingSheetEvent;
