using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Registry.Visits;

/// <summary>The duties that one piece of work ends and begins, for however many children: a constant number of statements.</summary>
internal sealed class DutyChanges
{
    private readonly List<Fulfilment> done = [];
    private readonly List<Waiver> waived = [];
    private readonly List<NewObligation> opened = [];

    /// <summary>A visit was made: the duty it ends, and the next one.</summary>
    public void Visited(Guid child, VisitDuty? before, VisitDuty? after, EventMeta meta, EventMeta next)
    {
        if (before?.Key == after?.Key)
            return;
        if (before is not null)
            done.Add(new(VisitRules.SubjectOf(child), VisitRules.Kind, meta, before.Key));
        Open(child, after, next);
    }

    /// <summary>The visit that is due became another one, or none.</summary>
    public void Replaced(Guid child, VisitDuty? before, VisitDuty? after, string reason, EventMeta meta)
    {
        if (before?.Key == after?.Key)
            return;
        if (before is not null)
            waived.Add(new(VisitRules.SubjectOf(child), VisitRules.Kind, reason, meta, before.Key));
        Open(child, after, meta);
    }

    public void Open(Guid child, VisitDuty? duty, EventMeta meta)
    {
        if (duty is not null)
            opened.Add(new(VisitRules.TermsOf(duty.Cadence), VisitRules.SubjectOf(child), duty.Town, OwnerDepartment.CivilAffairs, duty.StartsAt, meta, duty.Key));
    }

    /// <summary>The town is told of a situation.</summary>
    public void Reported(Guid child, SituationReported situation, DivisionId town, EventMeta meta) => opened.Add(new(
        VisitRules.Situation, VisitRules.SubjectOf(child), town, OwnerDepartment.CivilAffairs, situation.ReportedAt, meta, situation.SituationId.ToString("N")));

    /// <summary>The town took note of one.</summary>
    public void Acknowledged(Guid child, Guid situation, EventMeta meta) =>
        done.Add(new(VisitRules.SubjectOf(child), VisitRules.SituationKind, meta, situation.ToString("N")));

    public async Task ApplyAsync(StoreWork work, ObligationBook book, CancellationToken ct)
    {
        if (done.Count > 0)
            await book.FulfilAsync(work, done, ct);
        if (waived.Count > 0)
            await book.WaiveAsync(work, waived, ct);
        if (opened.Count > 0)
            await book.OpenAsync(work, opened, ct);
    }
}
