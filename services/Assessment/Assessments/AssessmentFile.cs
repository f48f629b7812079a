using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Whom an assessment is about; stands in each of its events.</summary>
public sealed record AssessedChild(Guid? Child, DivisionId Division);

/// <summary>An event of an assessment.</summary>
public interface IAssessmentEvent
{
    /// <summary>Whom it is about.</summary>
    AssessedChild Of { get; }
}

/// <summary>Opened, because the town was informed: by the police of a response, or by the village of an abnormal situation.</summary>
[StoredName("assessment_opened")]
public sealed record AssessmentOpened(
    AssessedChild Of, Guid? Response, Urgency Urgency, DateTimeOffset OpenedAt, DateTimeOffset DueAt, Guid? Situation = null) : IAssessmentEvent;

[StoredName("assessment_finalised")]
public sealed record AssessmentFinalised(
    AssessedChild Of, GuardianshipGrade Grade, RiskLevel Risk, IReadOnlyList<Participant> Participants, DateTimeOffset At, string Assessor) : IAssessmentEvent;

/// <summary>An assistance plan (帮扶方案) begins as a draft.</summary>
[StoredName("plan_drafted")]
public sealed record PlanDrafted(AssessedChild Of, IReadOnlyList<AssistanceService> Services) : IAssessmentEvent;

[StoredName("plan_approved")]
public sealed record PlanApproved(AssessedChild Of, string Approver) : IAssessmentEvent;

/// <summary>Who took part in an assessment.</summary>
public enum Participant { Town, CountyCivilAffairs, Police, VillageCommittee, School, MedicalInstitution, Relatives, ProfessionalService }

/// <summary>What deciders need of an assessment and its plan.</summary>
public sealed record AssessmentFile(Guid Id) : IFolded<AssessmentFile>
{
    public static string StreamType => "assessment";

    public static AssessmentFile New(Guid id) => new(id);

    public AssessmentOpened? Opened { get; init; }
    public AssessmentFinalised? Finalised { get; init; }
    public PlanDrafted? Plan { get; init; }
    public PlanApproved? Approved { get; init; }

    public bool Exists => Opened is not null;

    public AssessmentFile After(object @event) => @event switch
    {
        AssessmentOpened e => this with { Opened = e },
        AssessmentFinalised e => this with { Finalised = e },
        PlanDrafted e => this with { Plan = e },
        PlanApproved e => this with { Approved = e },
        _ => this,
    };
}
