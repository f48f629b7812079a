using LeftBehind.Contracts.Registry;
using LeftBehind.Pages;
using Told = LeftBehind.Contracts.Registry;

namespace LeftBehind.Registry.Care;

/// <summary>What leaves the house of entrusted care: every event with what holds after it, and that a child is unattended by itself. Carers stay inside. Pure.</summary>
public static class CareTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is ICareEvent e)
            yield return new(e.Child, new CareRecorded(stream, e.Child, ChangeOf(e), e.After));
        if (@event is UnattendedChildDetected detected)
            yield return new(detected.Child, new Told.UnattendedChildDetected(detected.Child, detected.Division, detected.Ground, detected.At));
        if (@event is UnattendedEnded ended)
            yield return new(ended.Child, new Told.UnattendedEnded(ended.Child, ended.Division, ended.At));
    }

    private static CareChange ChangeOf(ICareEvent e) => e switch
    {
        CareEntrusted => CareChange.Entrusted,
        CarerScreened { Bar: null } => CareChange.CarerPassed,
        CarerScreened => CareChange.CarerBarred,
        EntrustmentNotified => CareChange.Notified,
        CarerChanged => CareChange.CarerChanged,
        ParentContactLogged => CareChange.ParentContactLogged,
        ParentContactMissed => CareChange.ParentContactMissed,
        CareMoved => CareChange.Moved,
        CareEnded => CareChange.Ended,
        CarerFoundUnfit => CareChange.CarerFoundUnfit,
        FormerCarerFoundUnfit => CareChange.FormerCarerFoundUnfit,
        UnattendedChildDetected => CareChange.UnattendedDetected,
        UnattendedEnded => CareChange.UnattendedEnded,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
