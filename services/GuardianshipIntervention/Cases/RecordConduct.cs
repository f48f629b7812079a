using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>
/// Records an act of a competent organ on the conduct of a parent or entrusted carer; the first opens the case. Whatever organs
/// did is recorded, in whatever order: the platform never decides.
/// </summary>
/// <param name="Of">About whom, and where the child lives.</param>
/// <param name="Step">What the organ did.</param>
/// <param name="File">State of the child's file.</param>
/// <param name="CareEntrusted">Whether Registry tells that the child's care is entrusted.</param>
public sealed record RecordConduct(CaseSubject Of, Step Step, FileState File, bool CareEntrusted = false)
{
    public static IEnumerable<CaseEvent> Decide(RecordConduct command, InterventionCase open, DateTimeOffset now)
    {
        var step = command.Step;
        if (open.Steps.FirstOrDefault(s => s.Request == step.Request) is { } before)
            return before == step ? [] : throw new RejectedException("The request_id was used for a record of another content.");
        if (open.Steps.Any(s => s.IsSameDocument(step)))
            return [];
        if (step.OccurredAt > now)
            throw new RejectedException("The act lies in the future.");
        // There is no such child; a file that is closed for any other reason is still one's.
        if (!open.Exists && command.File is (FileState.EnteredInError or FileState.MergedInto))
            throw new RejectedException("The file was entered in error or merged into another; no case is opened on it.");
        if (open.Of is { } of)
            return [new StepRecorded(of, step)];
        CaseEvent[] opened = [new CaseOpened(command.Of, step.Conduct), new StepRecorded(command.Of, step)];
        return command.CareEntrusted ? [.. opened, new CareFollowed(command.Of, true)] : opened;
    }
}
