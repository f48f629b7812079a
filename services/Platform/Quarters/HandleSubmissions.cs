using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Quarters;

/// <summary>How submissions go up and come down: whose level the act is, all towns of a division or none, and what education and police confirmed.</summary>
public sealed class HandleSubmissions(EventStore store, QuarterCopies copies, TimeProvider clock)
{
    public async Task<V1.ActedOn> ActAsync(V1.ActOnSubmissionsRequest request, ServerCallContext context)
    {
        var (caller, ct, now) = (context.GetCaller(), context.CancellationToken, clock.GetUtcNow());
        var asked = CallMeta.StreamOf("submission", caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var act = Requests.Word<SubmissionAct>(request.Act, "act");
        ReturnReason? reason = act is SubmissionAct.Return or SubmissionAct.Reopen ? Requests.Word<ReturnReason>(request.Reason, "reason")
            : request.Reason is V1.ReturnReason.Unspecified ? null : throw Requests.Invalid("reason: of RETURN and REOPEN alone");
        var (copy, division) = await copies.FindAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), ct);
        var towns = copy.TownsWithin(division);
        if (towns.Count == 0)
            throw ScopeGuard.NotFound();
        return await store.RunAsync(async work =>
        {
            var ids = towns.ToDictionary(t => t, t => Submission.IdOf(copy.Quarter, t));
            var known = await work.LoadAsync<Submission>(ids.Values, ct);
            if (known[ids[towns[0]]].IsTaken(asked, act))
                return new V1.ActedOn { Towns = towns.Count, State = (V1.SubmissionState)known[ids[towns[0]]].State };
            var level = SubmissionLevels.Of(copy.Tree, caller, act, division, towns.Select(t => known[ids[t]].State))
                ?? throw new RejectedException("this level does not do this with this division");
            var meta = context.Meta(now);
            foreach (var town in towns)
            {
                var to = known[ids[town]].Decide(act, level) ?? throw new RejectedException($"town {copy.Tree.Code(town)} is {known[ids[town]].State}");
                var done = new SubmissionChanged(asked, copy.Quarter.Value, town, act, to, caller.Division, WorkCalendar.DayOf(now), reason);
                work.Append(ids[town], done, meta);
                known[ids[town]] = known[ids[town]].After(done);
                QuarterTables.Write(work, copy.Quarter, town, known[ids[town]]);
            }
            await ConfirmationsAsync(work, copy, act, towns.Where(t => known[ids[t]].State is SubmissionState.Returned).ToList(), towns, meta, ct);
            return new V1.ActedOn { Towns = towns.Count, State = (V1.SubmissionState)known[ids[towns[0]]].State };
        }, ct);
    }

    public async Task<V1.QuarterConfirmations> ConfirmAsync(V1.ConfirmQuarterRequest request, ServerCallContext context)
    {
        var (caller, ct) = (context.GetCaller(), context.CancellationToken);
        var (copy, county) = await copies.FindAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), ct);
        if (caller.Role is Role.School)
            throw new RpcException(new(StatusCode.PermissionDenied, Gate.NoRight));
        if (county.Level is not DivisionLevel.County)
            throw Requests.Invalid("division_code: a county");
        var department = caller.Department is Department.Education ? ConfirmingDepartment.Education : ConfirmingDepartment.Police;
        return await store.RunAsync(async work =>
        {
            var towns = await work.LoadAsync<Submission>(copy.TownsWithin(county).Select(t => Submission.IdOf(copy.Quarter, t)), ct);
            var id = Confirmation.IdOf(copy.Quarter, county);
            var known = (await work.LoadAsync<Confirmation>([id], ct))[id];
            if (!known.By(department))
            {
                if (towns.Count == 0 || towns.Values.Any(t => t.State < SubmissionState.CountyApproved))
                    throw new RejectedException("not all towns of the county are approved");
                var confirmed = new QuarterConfirmed(copy.Quarter.Value, county, department);
                work.Append(id, confirmed, context.Meta(clock.GetUtcNow()));
                known = known.After(confirmed);
            }
            return new V1.QuarterConfirmations { Education = known.Education, Police = known.Police };
        }, ct);
    }

    /// <summary>A city takes up what education and police of each county confirmed; a town that is given back undoes what was confirmed of its county.</summary>
    private static async Task ConfirmationsAsync(
        StoreWork work, QuarterCopy copy, SubmissionAct act, List<DivisionId> returned, IReadOnlyList<DivisionId> towns, EventMeta meta, CancellationToken ct)
    {
        var concerned = (act is SubmissionAct.CityAccept ? towns : returned).Select(copy.CountyOf).OfType<DivisionId>().Distinct().ToList();
        if (concerned.Count == 0)
            return;
        var known = await work.LoadAsync<Confirmation>(concerned.Select(c => Confirmation.IdOf(copy.Quarter, c)), ct);
        foreach (var county in concerned)
            if (act is SubmissionAct.CityAccept && !known[Confirmation.IdOf(copy.Quarter, county)].IsWhole)
                throw new RejectedException($"county {copy.Tree.Code(county)}: education and police have not both confirmed");
            else if (act is not SubmissionAct.CityAccept && known[Confirmation.IdOf(copy.Quarter, county)] is { Education: true } or { Police: true })
                work.Append(Confirmation.IdOf(copy.Quarter, county), new QuarterConfirmationLapsed(copy.Quarter.Value, county), meta);
    }
}
