namespace LeftBehind.Contracts.Guardianship;

/// <summary>
/// County civil affairs found an entrusted carer (受委托照护人) unfit, which ends the case against that carer (未成年人保护法 §22). Subject of the fact:
/// the child's file; Registry ends the care of whoever was entrusted then, and a new carer is needed.
/// </summary>
/// <param name="CaseId">The case; it has one such end.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Division">Village of the child's residence.</param>
/// <param name="Conduct">The conduct on which the highest act of an organ was recorded.</param>
/// <param name="ConductAt">When that act was done, UTC: the carer is the one who was entrusted then.</param>
[StoredName("entrusted_carer_found_unfit")]
public sealed record EntrustedCarerFoundUnfit(Guid CaseId, Guid ChildId, DivisionId Division, Conduct Conduct, DateTimeOffset ConductAt);
