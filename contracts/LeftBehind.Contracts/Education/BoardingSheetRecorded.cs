namespace LeftBehind.Contracts.Education;

/// <summary>
/// Something happened to a sheet of boarders: a night roll (寄宿生夜间点名), or the hand-over of whoever goes home at the weekend or for a holiday (周末、放假交接); carries the whole state
/// after it. Subject of the fact: the sheet. Told by EducationAttendance.
/// </summary>
/// <param name="SheetId">The sheet: one stream for each kind, school, dormitory and date.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("boarding_sheet_recorded")]
public sealed record BoardingSheetRecorded(Guid SheetId, BoardingSheetChange Change, BoardingSheetFacts After);

/// <summary>What happened to a sheet.</summary>
public enum BoardingSheetChange { Told, Corrected, Missed }

/// <summary>The facts of a sheet. No presence follows from a roll that was not taken.</summary>
/// <param name="School">Village or community in which the school stands; where it is counted.</param>
/// <param name="Kind">Night roll or hand-over.</param>
/// <param name="Date">The day on which the night begins, or on which boarders leave, Asia/Shanghai.</param>
/// <param name="Roll">Whether it was told: on its day, later, or not at all.</param>
/// <param name="Present">Boarders who were there, as the school counts them; of a hand-over, those handed over.</param>
/// <param name="Excused">Away with leave; of a hand-over, those who stay at school.</param>
/// <param name="Findings">Not found; of a hand-over, those whom nobody took over.</param>
public sealed record BoardingSheetFacts(DivisionId School, BoardingSheetKind Kind, DateOnly Date, RollState Roll, int Present, int Excused, int Findings);

/// <summary>Which sheet. The numbers are stored.</summary>
public enum BoardingSheetKind : short
{
    /// <summary>夜间点名.</summary>
    NightRoll = 1,

    /// <summary>周末、放假交接.</summary>
    HandOver = 2,
}
