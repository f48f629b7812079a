using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Pairings;

/// <summary>What leaves the house of a pairing: every event, once of the pairing and once of the pupil. Helper, notes and plan stay inside. Pure.</summary>
public static class PairingTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is not IPairingEvent e)
            yield break;
        var told = new PairingRecorded(stream, e.Pupil, ChangeOf(e), e.After);
        yield return new(stream, told);
        yield return new(e.Pupil, told);
    }

    private static PairingChange ChangeOf(IPairingEvent e) => e switch
    {
        PairingBegun => PairingChange.Begun,
        SupportRecorded { Kind: SupportKind.Talk } => PairingChange.Talked,
        SupportRecorded { Kind: SupportKind.HomeVisit } => PairingChange.HomeVisited,
        SupportRecorded => PairingChange.HelpedToCall,
        PairingPlanMade => PairingChange.PlanMade,
        PairingEnded => PairingChange.Ended,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
