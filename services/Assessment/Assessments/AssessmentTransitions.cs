using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using static LeftBehind.Contracts.Assessment.AssessmentState;

namespace LeftBehind.Assessment.Assessments;

/// <summary>What is done to an assessment after it was opened.</summary>
public enum AssessmentAct { RecordFieldwork, Draft, Review, Finalise, Supersede }

/// <summary>When an act is allowed, and what it leads to.</summary>
public sealed record AssessmentTransition(AssessmentAct Act, AssessmentState[] From, AssessmentState To, string Basis);

/// <summary>The life of an assessment as one table: whatever it does not list is refused.</summary>
public static class AssessmentTransitions
{
    private const string Policy = "policy: 建立评估帮扶机制";

    public static IReadOnlyList<AssessmentTransition> All { get; } =
    [
        new(AssessmentAct.RecordFieldwork, [Opened, FieldworkDone], FieldworkDone, Policy + "，在村、社区（居）民委员会、中小学校、医疗机构以及亲属、专业服务机构的协助下"),
        new(AssessmentAct.Draft, [FieldworkDone, Drafted, Reviewed], Drafted, Policy + "，进行调查评估; drafted anew before it is finalised (platform default)"),
        new(AssessmentAct.Review, [Drafted], Reviewed, Policy + "，会同区民政部门、公安机关"),
        new(AssessmentAct.Finalise, [Reviewed], Finalised, Policy),
        new(AssessmentAct.Supersede, [Opened, FieldworkDone, Drafted, Reviewed], Superseded, "platform default: a child is assessed once at a time"),
    ];

    /// <summary>The row of an act.</summary>
    public static AssessmentTransition Of(AssessmentAct act) => All[(int)act];

    /// <summary>Passes what the table lists.</summary>
    public static void Require(AssessmentAct act, AssessmentFile file)
    {
        if (!file.Exists)
            throw new RejectedException("The assessment was never opened.");
        if (!Of(act).From.Contains(file.State))
            throw new RejectedException($"{act} is for {string.Join(", ", Of(act).From)}; the assessment is {file.State} ({Of(act).Basis}).");
    }
}
