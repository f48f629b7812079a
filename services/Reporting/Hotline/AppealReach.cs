using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Reporting.Hotline;

/// <summary>
/// What a caller may see of an appeal: civil affairs of the county where it lies; the platform that holds it or did, of that one case; the department
/// it is assigned to. It is hidden from the organisation and the account that it concerns.
/// </summary>
internal static class AppealReach
{
    /// <summary>Full, or the one answer that tells nothing.</summary>
    public static void Require(this ServerCallContext context, Appeal appeal)
    {
        var caller = context.GetCaller();
        if (!appeal.Exists || appeal.IsConcerned(caller))
            throw ScopeGuard.NotFound();
        context.Require(appeal.Seen(caller), appeal.TieOf(caller));
    }

    public static bool Shows(this Appeal appeal, Caller caller) =>
        appeal.Exists && !appeal.IsConcerned(caller) && appeal.Seen(caller) is not null && caller.Shown(FieldGroup.HotlineAppeal, appeal.TieOf(caller)) is Detail.Full;

    /// <summary>Whose turn it is: the platform that holds it, and for its own part the department that has it.</summary>
    public static void RequireTurn(this Appeal appeal, Caller caller)
    {
        if (!IsPlatform(caller, appeal.Holder) && !appeal.IsAssignedTo(caller))
            throw new RejectedException("The appeal is held by another platform or department.");
    }

    /// <summary>Whether the caller of 12355 is shown: to those who handle it, until a report keeps that alone.</summary>
    public static bool MayKnowCaller(this Appeal appeal, Caller caller) => !appeal.IsKeptByReport && appeal.Handlers.Contains(caller.Subject)
        && caller.Shown(FieldGroup.CallerIdentity, Tie.Handler | appeal.TieOf(caller)) is Detail.Full;

    public static bool IsConcerned(this Appeal appeal, Caller caller) => appeal.Concerns.Any(c => c.Is(caller.Subject, caller.Organisation));

    /// <summary>County and above answer a platform; a city or province only its own, and what lies below shows it figures alone.</summary>
    public static bool IsPlatform(Caller caller, DivisionId division) => caller.Department is Department.YouthLeague && caller.Role is Role.Officer && IsAt(caller, division)
        && caller.Level <= DivisionLevel.County;

    /// <summary>Where the caller meets it: where it lies, is held or assigned; and its platform, where it was held before.</summary>
    private static DivisionId? Seen(this Appeal appeal, Caller caller) => ((IEnumerable<DivisionId>)
        [
            appeal.Division, appeal.Holder, .. appeal.Assigned is { } a ? new[] { a.Division } : [],
            .. appeal.Hops.Select(h => h.Transfer.From).Where(from => IsPlatform(caller, from)),
        ]).Where(caller.Sees).Cast<DivisionId?>().FirstOrDefault();

    private static Tie TieOf(this Appeal appeal, Caller caller) =>
        IsPlatform(caller, appeal.Holder) || appeal.Hops.Any(h => IsPlatform(caller, h.Transfer.From)) || appeal.IsAssignedTo(caller) ? Tie.Assigned | Tie.Escalated : Tie.None;

    private static bool IsAssignedTo(this Appeal appeal, Caller caller) => appeal.Assigned is { } a && caller.Role is not Role.School
        && a.Department.ToString() == caller.Department.ToString() && (a.Account is null || a.Account == caller.Subject) && IsAt(caller, a.Division);

    private static bool IsAt(Caller caller, DivisionId division) =>
        caller.Level is DivisionLevel.City or DivisionLevel.Province ? caller.Division == division : caller.Sees(division);
}
