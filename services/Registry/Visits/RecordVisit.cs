using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Visits;

/// <summary>A visit to one of the children of a household, and the next one that follows; what is abnormal is told to the town. Pure.</summary>
/// <param name="VisitId">The same for all children of the visit.</param>
/// <param name="SituationId">The id of what is told to the town, if anything is.</param>
/// <param name="VisitedAt">When; not in the future.</param>
/// <param name="By">The account that signs.</param>
/// <param name="Content">What was found.</param>
/// <param name="Now">When it is told.</param>
public sealed record RecordVisit(Guid VisitId, Guid SituationId, DateTimeOffset VisitedAt, string By, VisitContent Content, DateTimeOffset Now)
{
    /// <summary>Nothing when this visit of the child was recorded before.</summary>
    public static IEnumerable<VisitsEvent> Decide(RecordVisit command, Child child, ChildVisits visits, VisitRules rules)
    {
        if (visits.Visits.Find(v => v.Id == command.VisitId) is { } before)
            return before.VisitedAt == command.VisitedAt && (before.Before.IsEmpty ? before.Content : before.Before[^1]).IsSame(command.Content)
                ? [] : throw new RejectedException("The request_id was used for another visit.");
        if (child.Facts.State is not FileState.Open)
            throw new RejectedException($"the file is closed: {child.Facts.State}");
        var due = visits.Duty;
        // Whoever was visited before the duty began is due it still.
        var next = due is not null && command.VisitedAt >= due.StartsAt
            ? rules.Due($"{visits.Version + 1}", visits.Plan!.Cadence, visits.Plan.Village, command.VisitedAt)
            : due;
        var recorded = new VisitRecorded(command.VisitId, command.VisitedAt, command.By, command.Content, next);
        return command.Content.Abnormal.Count == 0 ? [recorded] : [recorded, Report(command.SituationId, command.VisitId, command.VisitedAt, command.Content.Abnormal, child, command.Now)];
    }

    internal static SituationReported Report(Guid id, Guid visit, DateTimeOffset foundAt, IReadOnlyList<VisitFinding> abnormal, Child child, DateTimeOffset now) =>
        new(id, child.Facts.Residence, visit, abnormal, abnormal.Max(VisitFindings.UrgencyOf), foundAt, now);
}

/// <summary>What its author corrects of a visit to one child: both values are kept, and what is abnormal for the first time is told to the town. Pure.</summary>
public sealed record CorrectVisit(Guid VisitId, Guid SituationId, string By, VisitContent Content, DateTimeOffset Now)
{
    /// <summary>Nothing when it stands so already.</summary>
    public static IEnumerable<VisitsEvent> Decide(CorrectVisit command, Child child, ChildVisits visits)
    {
        var visit = visits.Visits.Find(v => v.Id == command.VisitId) ?? throw new RejectedException("The child has no such visit.");
        if (visit.By != command.By)
            throw new RejectedException("A visit is corrected by its author alone.");
        if (visit.Content.IsSame(command.Content))
            return [];
        if (child.Facts.State is not FileState.Open)
            throw new RejectedException($"the file is closed: {child.Facts.State}");
        var told = visits.Situations.Where(s => s.Reported.VisitId == visit.Id).SelectMany(s => s.Reported.Findings).ToHashSet();
        var abnormal = command.Content.Abnormal.Where(f => !told.Contains(f)).ToList();
        var corrected = new VisitCorrected(visit.Id, command.Content);
        return abnormal.Count == 0 ? [corrected] : [corrected, RecordVisit.Report(command.SituationId, visit.Id, visit.VisitedAt, abnormal, child, command.Now)];
    }
}

/// <summary>The town takes note of a situation. Pure.</summary>
public sealed record AcknowledgeSituation(Guid SituationId, string By, DateTimeOffset Now)
{
    /// <summary>Nothing when it was noted before, whoever did.</summary>
    public static IEnumerable<VisitsEvent> Decide(AcknowledgeSituation command, ChildVisits visits)
    {
        var situation = visits.Situations.Find(s => s.Reported.SituationId == command.SituationId) ?? throw new RejectedException("The child has no such situation.");
        return situation.Acknowledged is null ? [new SituationAcknowledged(command.SituationId, command.Now, command.By)] : [];
    }
}
