using LeftBehind.Contracts.Registry;
using LeftBehind.Pages;

namespace LeftBehind.Registry.Visits;

/// <summary>What leaves the house of visits: every event with what holds after it, and an abnormal situation by itself. Notes and names stay inside. Pure.</summary>
public static class VisitsTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is VisitsEvent e)
            yield return new(e.Child, new VisitsRecorded(stream, e.Child, ChangeOf(e), e.After));
        if (@event is SituationReported s)
            yield return new(s.Child, new AbnormalSituationReported(s.SituationId, s.Child, s.Village, s.VisitId, s.Findings, s.Urgency, s.FoundAt, s.ReportedAt));
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
}
