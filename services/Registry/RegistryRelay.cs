using LeftBehind.Contracts.Registry;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Visits;
using PupilUnlinked = LeftBehind.Registry.Children.PupilUnlinked;

namespace LeftBehind.Registry;

/// <summary>Which facts leave the house, in what words: every event of a child's file, of its visits and of its care, the pupils linked to it, and duties. Households, workers' names and carers stay inside.</summary>
public sealed class RegistryRelay : IRelay
{
    public int Version => 1;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        if (ObligationTelling.Of(stored.Stream, stored.Data) is { } duty)
        {
            yield return new(stored.Stream, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
        if (stored.Data is VisitsEvent visits)
            yield return new(visits.Child, new VisitsRecorded(stored.Stream, visits.Child, ChangeOf(visits), visits.After));
        if (stored.Data is SituationReported s)
            yield return new(s.Child, new AbnormalSituationReported(s.SituationId, s.Child, s.Village, s.VisitId, s.Findings, s.Urgency, s.FoundAt, s.ReportedAt));
        if (stored.Data is ICareEvent care)
            yield return new(care.Child, new CareRecorded(stored.Stream, care.Child, ChangeOf(care), care.After));
        if (stored.Data is Care.UnattendedChildDetected detected)
            yield return new(detected.Child, new Contracts.Registry.UnattendedChildDetected(detected.Child, detected.Division, detected.Ground, detected.At));
        if (stored.Data is Care.UnattendedEnded ended)
            yield return new(ended.Child, new Contracts.Registry.UnattendedEnded(ended.Child, ended.Division, ended.At));
        if (stored.Data is not IChildEvent e)
            yield break;
        yield return new(stored.Stream, new ChildRecorded(stored.Stream, ChangeOf(e), e.After, (e as CategoryChanged)?.Why));
        if (e is PupilLinked linked)
            yield return new(linked.PupilId, new PupilMatched(linked.PupilId, linked.CountsFor ?? stored.Stream));
        // The pupils of a merged file count with the one it was merged into, and go back with it.
        foreach (var pupil in (e as DuplicateJoined)?.Pupils ?? (e as ChildFileUnmerged)?.Pupils ?? [])
            yield return new(pupil, new PupilMatched(pupil, stored.Stream));
        if (e is PupilUnlinked unlinked)
            yield return new(unlinked.PupilId, new Contracts.Registry.PupilUnlinked(unlinked.PupilId, unlinked.CountsFor ?? stored.Stream));
    }

    private static VisitsChange ChangeOf(VisitsEvent e) => e switch
    {
        VisitPlanChanged => VisitsChange.PlanChanged,
        VisitRecorded => VisitsChange.Visited,
        VisitCorrected => VisitsChange.VisitCorrected,
        VisitMissed => VisitsChange.Missed,
        VisitLetGo => VisitsChange.LetGo,
        WorkerNamed => VisitsChange.WorkerNamed,
        SituationReported => VisitsChange.SituationReported,
        SituationAcknowledged => VisitsChange.SituationAcknowledged,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };

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
        Care.UnattendedChildDetected => CareChange.UnattendedDetected,
        Care.UnattendedEnded => CareChange.UnattendedEnded,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };

    private static ChildChange ChangeOf(IChildEvent e) => e switch
    {
        ChildFileOpened => ChildChange.Opened,
        ChildIdentityCorrected or IdentityConflictFound => ChildChange.IdentityCorrected,
        ChildMoved => ChildChange.Moved,
        ParentStatusRecorded => ChildChange.ParentStatusChanged,
        CarerNamed => ChildChange.CarerChanged,
        CategoryChanged => ChildChange.CategoryChanged,
        RuleVersionChanged => ChildChange.RuleVersionChanged,
        DisabilityRecorded => ChildChange.DisabilityChanged,
        IllnessRecorded => ChildChange.IllnessChanged,
        AidRecorded => ChildChange.AidChanged,
        GuardianRecorded => ChildChange.GuardianChanged,
        ChildFileClosed => ChildChange.Closed,
        ChildFileReopened => ChildChange.Reopened,
        PupilLinked => ChildChange.PupilLinked,
        PupilUnlinked => ChildChange.PupilUnlinked,
        DuplicateSuspected => ChildChange.DuplicateSuspected,
        DuplicateDismissed => ChildChange.DuplicateDismissed,
        ChildFileMerged => ChildChange.Merged,
        ChildFileUnmerged => ChildChange.Unmerged,
        DuplicateJoined => ChildChange.DuplicateJoined,
        DuplicateTold => ChildChange.DuplicateTold,
        DuplicateParted => ChildChange.DuplicateParted,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
