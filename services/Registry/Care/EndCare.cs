using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>Ends a care, also one that waits for another carer.</summary>
public sealed record EndCare(CareEndReason Reason)
{
    public static IEnumerable<ICareEvent> Decide(EndCare command, EntrustedCare care, Child child)
    {
        Require.Open(child);
        if (care.Lasts)
            return [new CareEnded(child.Id, command.Reason, Facts.Without(care, Entrustment.None))];
        return care.Ended == command.Reason ? [] : throw new RejectedException(care.Ended is { } other ? $"the care ended already: {other}" : "no care is entrusted");
    }
}
