using LeftBehind.Contracts.Registry;

namespace LeftBehind.Contracts.Guardianship;

/// <summary>
/// A court named who is the legal guardian: with the judgment that revoked a parent's guardianship (民法典 §36), or by restoring it
/// (§38). Subject of the fact: the child's file, on which Registry records it.
/// </summary>
/// <param name="CaseId">The case.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Division">Village of the child's residence.</param>
/// <param name="Respondent">Whose guardianship was revoked or restored.</param>
/// <param name="Guardian">Who is guardian now; never Missing.</param>
[StoredName("guardian_designated")]
public sealed record GuardianDesignated(Guid CaseId, Guid ChildId, DivisionId Division, Respondent Respondent, GuardianKind Guardian);
