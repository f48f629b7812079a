namespace LeftBehind.Contracts.Education;

/// <summary>
/// A school refused to admit a child of school age (拒绝接收, 义务教育法 §11, §12, §57). Reporting takes it for a report of harm done unlawfully (policy: 强制报告, 不法侵害), and hides
/// that from the school; told once for each refusal, however often it was recorded. Subject of the fact: the refusal.
/// </summary>
/// <param name="RefusalId">The refusal.</param>
/// <param name="PupilId">The pupil on the roll; null where it is on none.</param>
/// <param name="ChildId">The child's file; null where only a pupil without one is known.</param>
/// <param name="Division">Village or community in which the refusing school stands.</param>
/// <param name="SchoolNo">The roll's own number of that school, which its people's tokens name as their organisation.</param>
/// <param name="RecordedAt">When it was recorded; UTC.</param>
[StoredName("admission_refused")]
public sealed record AdmissionRefused(Guid RefusalId, Guid? PupilId, Guid? ChildId, DivisionId Division, string SchoolNo, DateTimeOffset RecordedAt);
