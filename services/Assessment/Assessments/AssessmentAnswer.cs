using LeftBehind.Assessment.Instruments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Assessments;

/// <summary>An assessment as it is answered, with how its plan stands.</summary>
public sealed class AssessmentAnswer(DivisionTree tree)
{
    public V1.AssessmentRecord Of(AssessmentFile file, AssistancePlan? plan = null) => new()
    {
        AssessmentId = file.Id.ToString(), ChildId = file.Of!.Child?.ToString() ?? "", DivisionCode = tree.Code(file.Of.Division).ToString(),
        Urgency = file.Opened!.Urgency.ToString(), OpenedAt = Requests.Written(file.Opened.OpenedAt), DueAt = Requests.Written(file.Opened.DueAt),
        FinalisedAt = Requests.Written(file.Finalised?.At),
        Grade = file.Finalised is { } g ? Enum.Parse<V1.GuardianshipGrade>(g.Grade.ToString()) : default,
        Risk = file.Finalised is { } r ? Enum.Parse<V1.RiskLevel>(r.Risk.ToString()) : default,
        Participants = { (file.Finalised?.Participants ?? [.. file.Participants]).Select(p => Enum.Parse<V1.Participant>(p.ToString())) },
        Plan = plan is { Exists: true } ? plan.State.ToString() : "None", PlanId = plan is { Exists: true } ? plan.Id.ToString() : "",
        Services = { (plan?.Services ?? []).Select(s => Enum.Parse<V1.AssistanceService>(s.Kind.ToString())) },
        State = Enum.Parse<V1.AssessmentState>(file.State.ToString()), Trigger = Enum.Parse<V1.AssessmentTrigger>(file.Opened.Why.ToString()), Version = file.Version,
        ScoredRisk = Scored(file.Draft?.Risk), ScoredGrade = Scored(file.Draft?.Grade), SupersededBy = file.Superseded?.By.ToString() ?? "",
        ProposedRisk = file.Draft is { } d ? Enum.Parse<V1.RiskLevel>(Consistency.Proposed(d.Risk, d.Grade).ToString()) : default,
        Ground = file.Finalised?.Ground is { } ground ? Enum.Parse<V1.TemporaryGuardianshipGround>(ground.ToString()) : default,
    };

    private static V1.ScoredInstrument? Scored(Scored? scored) => scored is null ? null : new()
    {
        Instrument = scored.Instrument, Version = scored.Version, Points = scored.Points, Outcome = scored.Outcome, Floor = scored.Floor,
        Triggered = { scored.Triggered }, Answers = { scored.Answers },
    };
}
