using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Obligations.V1;

namespace LeftBehind.Obligations;

/// <summary>Lists a service's duties to those who read what they are about, and lets the owner's county waive one with a reason.</summary>
public sealed class HandleObligations(
    EventStore store, ListObligations list, DutyFields fields, DivisionTree tree, TimeProvider clock, IEnumerable<IFollowsObligations> followers,
    IEnumerable<IHidesObligations> hiding)
{
    /// <summary>One page of what runs in a division and below. Whoever does not read the field group finds none.</summary>
    public async Task<V1.ListedObligations> ListAsync(V1.ListObligationsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        var query = new ObligationQuery([.. tree.Within(division!.Value)])
        {
            Department = request.Department is V1.OwnerDepartment.Unspecified ? null : Requests.Word<OwnerDepartment>(request.Department, "department"),
            Kind = request.Kind.Length == 0 ? null : Texts.Readable(request.Kind, "kind", 1, 100), State = Running(request.State, "state"),
            DueBefore = request.DueBefore.Length == 0 ? null : Requests.Time(request.DueBefore, "due_before"),
            After = request.PageToken.Length > 0 && RowPlace.AfterTime(request.PageToken) is var after ? new(after.At, after.Id) : null, Size = size + 1,
        };
        if (!fields.ReadBy(context.GetCaller()))
            return new();
        var rows = await list.ReadAsync(query, context.CancellationToken);
        var hidden = await HiddenAsync(context, [.. rows.Select(r => r.Subject)]);
        return new()
        {
            Obligations = { rows.Take(size).Where(r => !hidden.Contains(r.Subject.Id)).Select(Shown) },
            NextPageToken = rows.Count > size ? RowPlace.Of(rows[size - 1].Place.At, rows[size - 1].Id).ToString() : "",
        };
    }

    /// <summary>Waives one duty; one that was waived before is answered as it is.</summary>
    public Task<V1.Obligation> WaiveAsync(V1.WaiveObligationRequest request, ServerCallContext context)
    {
        var (id, reason) = (Requests.Id(request.ObligationId, "obligation_id"), Texts.Readable(request.Reason, "reason", 4, 500));
        var expected = Running(request.ExpectedState, "expected_state") ?? throw Requests.Invalid("expected_state: OPEN, AT_RISK or BREACHED is required");
        var (caller, now, ct) = (context.GetCaller(), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var duty = (await work.LoadAsync<Obligation>([id], ct))[id];
            context.Require(duty.Opened is { } opened && caller.Role is Role.Officer && fields.ReadBy(caller) ? opened.Of.Division : null);
            if ((await HiddenAsync(context, [duty.Opened!.Of.Subject])).Count > 0)
                throw ScopeGuard.NotFound();
            if (duty.Opened!.Of.Department.ToString() != caller.Department.ToString())
                throw new RejectedException("The duty is another department's.");
            if (duty.Waived is not null)
                return Shown(duty);
            if (!duty.Runs)
                throw new RejectedException("The duty was fulfilled.");
            // What the clock brought meanwhile is told with the waiver, and was not seen by the caller.
            var seen = duty.Turn(now).Aggregate(duty, (d, e) => d.After(e));
            if (seen.State != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_state: the duty is {seen.State}"));
            var told = duty.Waive(reason, ObligationTerms.Exact(now)).Select(e => (id, e)).ToList();
            foreach (var (_, @event) in told)
            {
                work.Append(id, @event, @event is ObligationWaived ? context.Meta(now) : ObligationBook.ByTheClock(@event));
                duty = duty.After(@event);
            }
            ObligationTable.Write(work, [duty]);
            foreach (var follower in followers)
                await follower.FollowAsync(work, told, ct);
            return Shown(duty);
        }, ct);
    }

    private async Task<HashSet<Guid>> HiddenAsync(ServerCallContext context, IReadOnlyCollection<ObligationSubject> subjects)
    {
        var hidden = new HashSet<Guid>();
        foreach (var rule in hiding)
            hidden.UnionWith(await rule.HiddenAsync(context.GetCaller(), subjects, context.CancellationToken));
        return hidden;
    }

    private V1.Obligation Shown(RunningObligation of) => Shown(of.Id, new(
        of.Kind, of.Subject, of.Division, of.Department, of.StartsAt, of.DueAt, of.Basis, of.Citation), of.State, of.EscalatedTo);

    private V1.Obligation Shown(Obligation duty) => Shown(duty.Id, duty.Opened!.Of, duty.State, duty.EscalatedTo);

    private V1.Obligation Shown(Guid id, Duty of, ObligationState state, DivisionLevel? escalatedTo) => new()
    {
        ObligationId = id.ToString(), Kind = of.Kind, SubjectKind = of.Subject.Kind, SubjectId = of.Subject.Id.ToString(), DivisionCode = tree.Code(of.Division).ToString(),
        Department = Enum.Parse<V1.OwnerDepartment>(of.Department.ToString()), State = Enum.Parse<V1.ObligationState>(state.ToString()),
        StartsAt = Requests.Written(of.StartsAt), DueAt = Requests.Written(of.DueAt), Basis = Enum.Parse<V1.ObligationBasis>(of.Basis.ToString()), Citation = of.Citation,
        EscalatedTo = escalatedTo?.ToString() ?? "",
    };

    private static ObligationState? Running(V1.ObligationState state, string field) =>
        state is V1.ObligationState.Unspecified ? null
        : state is V1.ObligationState.Open or V1.ObligationState.AtRisk or V1.ObligationState.Breached ? Requests.Word<ObligationState>(state, field)
        : throw Requests.Invalid($"{field}: OPEN, AT_RISK or BREACHED, the states of a duty that runs");
}
