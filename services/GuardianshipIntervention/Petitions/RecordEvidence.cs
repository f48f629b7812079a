using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>Records an item of evidence for a limb of a ground.</summary>
public sealed record RecordEvidence(Evidence Item)
{
    public static IEnumerable<CaseEvent> Decide(RecordEvidence command, InterventionCase of, DateTimeOffset now)
    {
        var item = command.Item;
        if (of.Evidence.Find(e => e.Request == item.Request) is { } before)
            return before.IsSame(item) ? [] : throw new RejectedException("The request_id was used for a record of another content.");
        if (Grounds.IsCounted(item.Limb))
            throw new RejectedException("How often somebody was educated is counted from the acts that organs recorded; it is no item of evidence.");
        if (item.OccurredAt > now)
            throw new RejectedException("The evidence lies in the future.");
        if (of.State is CaseState.PetitionFiled && item.OccurredAt > of.Petition!.OccurredAt)
            throw new RejectedException("The evidence is dated after the petition: a petition rests on what had happened when it was filed (民法典 §36).");
        if (of.State is not (CaseState.Open or CaseState.PetitionFiled))
            throw new RejectedException($"Evidence for a petition is not recorded while the case is {of.State} (民法典 §36).");
        return [new EvidenceRecorded(of.Of!, item)];
    }
}

/// <summary>Records that an item is disputed, or no longer is.</summary>
public sealed record DisputeEvidence(Guid Item, bool Disputed)
{
    public static IEnumerable<CaseEvent> Decide(DisputeEvidence command, InterventionCase of)
    {
        if (of.Evidence.Find(e => e.Request == command.Item) is not { } item)
            throw new RejectedException("The case has no such item of evidence.");
        return item.Disputed == command.Disputed ? [] : [new EvidenceDisputed(of.Of!, item.Request, command.Disputed)];
    }
}
