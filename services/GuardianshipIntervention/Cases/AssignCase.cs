using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>Departments whose officers meet the cases that are assigned to them, and no other.</summary>
public enum AssignedDepartment
{
    /// <summary>公安.</summary>
    Police,

    /// <summary>司法, with the liaison of a court or procuratorate.</summary>
    Justice,
}

/// <summary>Who meets a case beside county civil affairs.</summary>
/// <param name="Account">The account's id, as its token names it; never a person's name.</param>
/// <param name="Department">Its department.</param>
public sealed record Assignee(string Account, AssignedDepartment Department);

/// <summary>County civil affairs assign a case to an account of the police or of justice, which alone of its department meets it then.</summary>
public sealed record AssignCase(Assignee To)
{
    public static IEnumerable<CaseEvent> Decide(AssignCase command, InterventionCase of)
    {
        if (of.Assignees.Contains(command.To))
            return [];
        if (of.State is CaseState.Closed)
            throw new RejectedException("The case is closed; it is assigned to nobody any more.");
        return [new CaseAssigned(of.Of!, command.To)];
    }
}
