using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>Records an act of a court, or how the case ended, with its document: by the table of transitions, then by the rule of the act.</summary>
public sealed record RecordCourtAct(CourtRecord Record)
{
    public static IEnumerable<CaseEvent> Decide(RecordCourtAct command, InterventionCase of, DateTimeOffset now)
    {
        var record = command.Record;
        if (of.Acts.Find(a => a.Request == record.Request) is { } before)
            return before == record ? [] : throw new RejectedException("The request_id was used for a record of another content.");
        if (of.Acts.Exists(a => a.IsSameDocument(record)))
            return [];
        if (record.OccurredAt > now)
            throw new RejectedException("The act lies in the future.");
        if ((Refusal(Transitions.Of(record.Act), of) ?? OutOfOrder(record, of) ?? CourtRules.Refusal(record, of)) is { } why)
            throw new RejectedException(why);
        var recorded = new CourtActRecorded(of.Of!, record);
        return record.Act switch
        {
            CourtAct.GuardianshipRevoked => [recorded, new GuardianNamed(of.Of!, record.Guardian!.Value)],
            CourtAct.GuardianshipRestored => [recorded, new GuardianNamed(of.Of!, GuardianKind.Parents)],
            CourtAct.CarerFoundUnfit when Ladder.Highest(of.Steps) is { } highest => [recorded with { OnConduct = highest.Conduct, ConductAt = highest.OccurredAt }],
            _ => [recorded],
        };
    }

    /// <summary>Why the table does not allow it; null where it does.</summary>
    public static string? Refusal(Transition row, InterventionCase of)
    {
        if (row.Parents is { } parents && parents != of.Of!.IsParent)
            return parents
                ? "The respondent is an entrusted carer, who is no guardian (民法典总则编解释 §13): there is no guardianship to revoke or restore."
                : "The respondent is a parent; only an entrusted carer is found unfit (未成年人保护法 §22).";
        if (!row.From.Contains(of.State))
            return $"{row.Act} is not possible while the case is {of.State} ({row.Basis}).";
        return row.OrderFrom.Length > 0 && !row.OrderFrom.Contains(of.Order)
            ? $"{row.Act} is not possible while the protection order is {of.Order} ({row.Basis})."
            : null;
    }

    private static string? OutOfOrder(CourtRecord record, InterventionCase of) =>
        of.Last(Transitions.Of(record.Act).NotBefore) is { } before && record.OccurredAt < before.OccurredAt
            ? $"{record.Act} lies before {before.Act}, which it follows."
            : null;
}
