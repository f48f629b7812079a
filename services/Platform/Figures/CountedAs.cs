using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Platform.Figures;

/// <summary>With which subject a fact is counted, where it is told on the timeline of another. Pure.</summary>
internal static class CountedAs
{
    /// <summary>Whether a fact is counted with the subject in whose stream it stands.</summary>
    public static bool IsOf(Guid subject, object fact)
    {
        // A duty, a hazard, a case, a placement, an appeal, an assessment, a plan, a difference, a pairing or a refused admission told on the timeline of whom it is about is counted as itself alone.
        var own = fact switch
        {
            ObligationRecorded duty => duty.ObligationId,
            HazardRecorded hazard => hazard.HazardId,
            CaseRecorded intervention => intervention.CaseId,
            PlacementRecorded placement => placement.PlacementId,
            HotlineAppealRecorded appeal => appeal.AppealId,
            AssessmentRecorded assessment => assessment.AssessmentId,
            PlanRecorded plan => plan.PlanId,
            ReconciliationRecorded difference => difference.CaseId,
            PairingRecorded pairing => pairing.PairingId,
            AdmissionRecorded admission => admission.RefusalId,
            _ => subject,
        };
        return own == subject;
    }
}
