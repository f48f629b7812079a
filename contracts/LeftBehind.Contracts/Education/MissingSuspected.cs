namespace LeftBehind.Contracts.Education;

/// <summary>
/// At a home visit after unexcused absence neither the child nor a guardian could be reached, or a boarder was not found at night (policy: 强制报告, 失踪). Reporting
/// takes it for a report of harm; told at each such visit or night, which joins the child's open case. Subject of the fact: the child's file where it is known,
/// else the pupil.
/// </summary>
/// <param name="PupilId">The pupil on the roll.</param>
/// <param name="ChildId">The child's file; null while the pupil waits for its match.</param>
/// <param name="Division">Village or community in which the school stands: where the home is, the roll does not know.</param>
/// <param name="SuspectedAt">When the visit or the night roll was recorded; UTC.</param>
[StoredName("missing_suspected")]
public sealed record MissingSuspected(Guid PupilId, Guid? ChildId, DivisionId Division, DateTimeOffset SuspectedAt);
