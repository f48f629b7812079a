using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Finalises an assessment, and drafts its plan from the services named.</summary>
public sealed record FinaliseAssessment(
    GuardianshipGrade Grade, RiskLevel Risk, IReadOnlyList<Participant> Participants, IReadOnlyList<AssistanceService> Services, string Assessor)
{
    /// <summary>The town assesses together with these (policy: 会同区民政部门、公安机关).</summary>
    private static readonly Participant[] Together = [Participant.CountyCivilAffairs, Participant.Police];

    public static IEnumerable<IAssessmentEvent> Decide(FinaliseAssessment command, AssessmentFile file, DateTimeOffset now)
    {
        if (file.Opened is not { } opened)
            throw new RejectedException("The assessment was never opened.");
        if (file.Finalised is { } before)
            return IsRepeat(command, before, file.Plan) ? [] : throw new RejectedException("The assessment was finalised before, otherwise than told now.");
        if (command is { Grade: GuardianshipGrade.Poor, Risk: RiskLevel.Low })
            throw new RejectedException("Guardianship graded Poor (差) can never be Low risk.");
        if (Together.Except(command.Participants).ToList() is { Count: > 0 } absent)
            throw new RejectedException($"The town assesses together with county civil affairs and police; missing: {string.Join(", ", absent)}.");
        if (command is { Risk: RiskLevel.High, Services.Count: 0 })
            throw new RejectedException("High risk needs an assistance plan; name at least one service.");
        var finalised = new AssessmentFinalised(opened.Of, command.Grade, command.Risk, command.Participants, now, command.Assessor);
        return command.Services.Count > 0 ? [finalised, new PlanDrafted(opened.Of, command.Services)] : [finalised];
    }

    private static bool IsRepeat(FinaliseAssessment command, AssessmentFinalised before, PlanDrafted? plan) =>
        before.Assessor == command.Assessor && before.Grade == command.Grade && before.Risk == command.Risk
        && before.Participants.SequenceEqual(command.Participants) && (plan?.Services ?? []).SequenceEqual(command.Services);
}

/// <summary>Approves the plan of an assessment; the assessor never does.</summary>
public sealed record ApprovePlan(string Approver)
{
    public static IEnumerable<IAssessmentEvent> Decide(ApprovePlan command, AssessmentFile file)
    {
        if (file is not { Finalised: { } finalised, Plan: { } plan })
            throw new RejectedException("There is no plan to approve.");
        if (command.Approver == finalised.Assessor)
            throw new RejectedException("Whoever assessed cannot approve the plan.");
        if (file.Approved is { } before)
            return before.Approver == command.Approver ? [] : throw new RejectedException("The plan was approved before, by somebody else.");
        return [new PlanApproved(plan.Of, command.Approver)];
    }
}
