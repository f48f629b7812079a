using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Contracts.Assessment;

/// <summary>
/// An assessment was opened, because the town was informed (policy: 评估帮扶机制).
/// Subject of every fact of Assessment: the child's file when the child is known, else the assessment.
/// </summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="Urgency">Of the case behind it.</param>
/// <param name="DueAt">Platform default: 24 h in an emergency, 3 days when High, else the end of the 10th working day; UTC.</param>
[StoredName("assessment_opened")]
public sealed record AssessmentOpened(Guid AssessmentId, Guid? ChildId, DivisionId Division, Urgency Urgency, DateTimeOffset DueAt);

/// <summary>An assessment was finalised. Poor guardianship never comes with Low risk.</summary>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Village of the place, or the town.</param>
/// <param name="Grade">Official grade of guardianship.</param>
/// <param name="Risk">Working level of risk.</param>
[StoredName("assessment_finalised")]
public sealed record AssessmentFinalised(Guid AssessmentId, Guid? ChildId, DivisionId Division, GuardianshipGrade Grade, RiskLevel Risk);

/// <summary>Official grade of guardianship (监护情况), as in 农村留守儿童基本情况排查汇总表.</summary>
public enum GuardianshipGrade
{
    /// <summary>较好.</summary>
    Good,

    /// <summary>一般.</summary>
    Fair,

    /// <summary>差.</summary>
    Poor,
}

/// <summary>Working level of risk; kept apart from the official grade.</summary>
public enum RiskLevel { Low, Medium, High }
