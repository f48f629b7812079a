using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>What leaves the house of a sheet of boarders: every event, of the sheet; and of whom was not found, that a child is suspected missing. Whom it names otherwise stays inside. Pure.</summary>
public static class BoardingTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is not IBoardingSheetEvent e)
            yield break;
        yield return new(stream, new BoardingSheetRecorded(stream, e switch
        {
            BoardingSheetTold { Again: true } => BoardingSheetChange.Corrected,
            BoardingSheetTold => BoardingSheetChange.Told,
            NightRollMissed => BoardingSheetChange.Missed,
            _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
        }, e.After));
        if (e is BoardingSheetTold told)
            foreach (var missing in told.Missing)
                yield return new(missing.Child ?? missing.Pupil, new MissingSuspected(missing.Pupil, missing.Child, e.Of.School, told.At));
    }
}
