using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Petitions;
using static LeftBehind.GuardianshipIntervention.Court.CourtAct;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>Ways in of what courts do, of assignment, and of how a case ends.</summary>
public sealed class HandleCourtActs(ChangeCase change)
{
    public Task<V1.InterventionCase> RecordAsync(V1.RecordCourtActRequest request, ServerCallContext context)
    {
        var record = Read(request);
        // Whose record an act may be is asked before anything is looked up, so it tells nothing of what exists.
        if (!Transitions.Of(record.Act).By.Contains(context.GetCaller().Department))
            throw new RpcException(new(StatusCode.PermissionDenied, Gate.NoRight));
        return change.RunAsync(request.CaseId, request.ExpectedVersion, record.OccurredAt, context, (of, now) => RecordCourtAct.Decide(new(record), of, now));
    }

    public Task<V1.InterventionCase> AssignAsync(V1.AssignCaseRequest request, ServerCallContext context)
    {
        var command = new AssignCase(new(
            Texts.Account(request.Account, "account") ?? throw Requests.Invalid("account: required"), Requests.Word<AssignedDepartment>(request.Department, "department")));
        return change.RunAsync(request.CaseId, request.ExpectedVersion, null, context, (of, _) => AssignCase.Decide(command, of));
    }

    private static CourtRecord Read(V1.RecordCourtActRequest request)
    {
        var act = Requests.Word<CourtAct>(request.Act, "act");
        if (request.Urgent && act is not OrderApplied)
            throw Requests.Invalid("urgent: only of an application for a protection order");
        if (request.Pleaded.Count > 0 && act is not PetitionFiled || request.Petitioner is not V1.Petitioner.Unspecified && act is not PetitionFiled)
            throw Requests.Invalid($"{(request.Pleaded.Count > 0 ? "pleaded" : "petitioner")}: only of a petition for revocation");
        if (request.Guardian is not V1.DesignatedGuardian.Unspecified && act is not GuardianshipRevoked)
            throw Requests.Invalid("guardian: only of a judgment that revokes guardianship");
        if (request.Until.Length > 0 && act is not (OrderGranted or OrderExtended or PetitionExtended))
            throw Requests.Invalid("until: only of an order and of more time for a judgment");
        return new(Requests.Id(request.RequestId, "request_id"), act, Texts.Readable(request.Organ, "organ", 1, 100),
            Texts.DocumentNo(request.DocumentNo, "document_no", 1, 100), Requests.Time(request.OccurredAt, "occurred_at"))
        {
            Urgent = request.Urgent,
            Until = act is OrderGranted or OrderExtended or PetitionExtended ? Day(request.Until) : null,
            Petitioner = act is PetitionFiled ? Requests.Word<Petitioner>(request.Petitioner, "petitioner") : null,
            Pleaded = request.Pleaded.Select(g => Requests.Word<PetitionGrounds>(g, "pleaded")).Aggregate(PetitionGrounds.None, (all, g) => all | g),
            // A judgment without one is refused by the law's own words.
            Guardian = request.Guardian is V1.DesignatedGuardian.Unspecified ? null : Requests.Word<GuardianKind>(request.Guardian, "guardian"),
        };
    }

    private static DateOnly Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw Requests.Invalid("until: not a date as yyyy-MM-dd");
}
