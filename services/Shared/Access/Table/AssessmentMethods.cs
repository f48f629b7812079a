using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>The rows of Assessment's methods.</summary>
internal static class AssessmentMethods
{
    private const string Assessments = "who may see what, row assessment, plan";
    private const string Directory = "platform default: county civil affairs keep the directory, which names organisations alone; whoever reads figures reads it";
    private const string Nobodys = "platform default: an instrument is nobody's data; whoever reads figures knows by what is assessed";

    public static IReadOnlyList<MethodRow> Rows { get; } =
    [
        Act("leftbehind.assessment.v1.Instruments/PublishInstrument", "platform default: civil affairs of the province say by what is assessed", Figures, None, CivilAffairs)
            with { Levels = [DivisionLevel.Province] },
        Read("leftbehind.assessment.v1.Instruments/GetInstrument", Nobodys, Figures),
        Read("leftbehind.assessment.v1.Instruments/ListInstruments", Nobodys, Figures),

        Assess("OpenAssessment"),
        Assess("RecordFieldwork"),
        Assess("DraftAssessment"),
        Assess("ReviewAssessment"),
        Assess("FinaliseAssessment"),
        Assess("SupersedeAssessment"),
        Act("leftbehind.assessment.v1.Assessment/ApprovePlan", "platform default: the town or county that assesses, never the assessor", AssessmentPlan, None, CivilAffairs),
        Read("leftbehind.assessment.v1.Assessment/GetAssessment", Assessments, AssessmentPlan, Assigned | OwnPupil | ServiceGiven),
        Read("leftbehind.assessment.v1.Assessment/ListOpenAssessments", Assessments, AssessmentPlan),

        Read("leftbehind.assessment.v1.Plans/GetPlan", Assessments, AssessmentPlan),
        Plan("AddService"),
        Plan("StartPlan"),
        Plan("ArrangeService"),
        Plan("SettleService"),
        Plan("AnswerAidRequest") with { Levels = [DivisionLevel.County] },
        Plan("ReviewPlan"),
        Plan("CompletePlan"),
        Plan("TerminatePlan"),
        Read("leftbehind.assessment.v1.Plans/ListPlans", Assessments, AssessmentPlan),
        Read("leftbehind.assessment.v1.Plans/ListDueServices", Assessments, AssessmentPlan),

        Act("leftbehind.assessment.v1.ServiceDirectory/ListProvider", Directory, Figures, None, CivilAffairs) with { Levels = [DivisionLevel.County] },
        Act("leftbehind.assessment.v1.ServiceDirectory/RetireProvider", Directory, Figures, None, CivilAffairs) with { Levels = [DivisionLevel.County] },
        Read("leftbehind.assessment.v1.ServiceDirectory/ListProviders", Directory, Figures),
    ];

    private static MethodRow Plan(string method) =>
        Act($"leftbehind.assessment.v1.Plans/{method}", "policy: 有针对性地安排…专业服务; the town and county that assess (platform default)", AssessmentPlan, None, CivilAffairs);

    private static MethodRow Assess(string method) =>
        Act($"leftbehind.assessment.v1.Assessment/{method}", "policy: the town, with civil affairs, assesses", AssessmentPlan, None, CivilAffairs);
}
