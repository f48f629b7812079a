using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Hotline;

/// <summary>Gives an appeal to a department. The event comes ready made.</summary>
public static class AssignAppeal
{
    public static IEnumerable<object> Decide(AppealAssigned assigned, Appeal appeal, DateTimeOffset now)
    {
        if (appeal.Assigned is { } before && before with { By = assigned.By } == assigned)
            return [];
        AppealTable.Require(appeal, AppealAct.Assign, assigned.At, now);
        return [assigned];
    }
}

/// <summary>Hands an appeal to another platform, which must be open.</summary>
/// <param name="To">The receiving platform's division.</param>
/// <param name="ToName">How that division is called in a refusal.</param>
/// <param name="Place">Where the matter lies, if that was learned.</param>
public sealed record TransferAppeal(DivisionId To, string ToName, DivisionId? Place, Sealed Reason, DateTimeOffset At, string By)
{
    public static IEnumerable<object> Decide(TransferAppeal command, Appeal appeal, HotlineOperator receiver, DateTimeOffset now)
    {
        if (appeal.Hops.Any(h => h.Transfer.To == command.To && h.Transfer.At == command.At))
            return [];
        AppealTable.Require(appeal, AppealAct.Transfer, command.At, now);
        if (appeal.Holder == command.To)
            throw new RejectedException("The appeal is held there already.");
        // Whoever is closed now took nothing over then either.
        if (!receiver.Exists)
            throw new RejectedException($"{command.ToName} has no 12355 platform; transfer to another or keep it.");
        if (!receiver.Open)
            throw new RejectedException($"The 12355 platform of {command.ToName} is closed; transfer to another or keep it.");
        return [new AppealTransferred(appeal.Holder, command.To, command.Place ?? appeal.Place, command.Reason, command.At, command.By)];
    }
}

/// <summary>Whoever has it begins.</summary>
public static class BeginAppeal
{
    public static IEnumerable<object> Decide(AppealBegun begun, Appeal appeal, DateTimeOffset now)
    {
        if (appeal.Begun.Contains(begun.At))
            return [];
        AppealTable.Require(appeal, AppealAct.Begin, begun.At, now);
        return [begun];
    }
}
