using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Care;

/// <summary>Ways in of all that civil affairs do about a child's care, each on the version that the caller saw.</summary>
public sealed class HandleCare(EventStore store, CareOfChildren cares, ReadCarer carers, TimeProvider clock)
{
    private DateOnly Today => WorkCalendar.DayOf(clock.GetUtcNow());

    public Task<V1.ChildCare> EntrustAsync(V1.EntrustCareRequest request, ServerCallContext context)
    {
        var told = carers.Read(request.Carer, request.Relation, Today);
        var (from, until) = (Day(request.From, "from"), request.Until.Length == 0 ? (DateOnly?)null : Day(request.Until, "until"));
        var (reason, heard) = (Requests.Word<EntrustReason>(request.Reason, "reason"), Requests.Word<ChildOpinion>(request.ChildHeard, "child_heard"));
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, carers.Sealing(told, (care, child, carer) =>
            EntrustCare.Decide(new(carer, told.IsOfAge, from, until, reason, heard), care, child, Today)));
    }

    public Task<V1.ChildCare> ChangeCarerAsync(V1.ChangeCarerRequest request, ServerCallContext context)
    {
        var told = carers.Read(request.Carer, request.Relation, Today);
        var heard = Requests.Word<ChildOpinion>(request.ChildHeard, "child_heard");
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, carers.Sealing(told, (care, child, carer) =>
            ChangeCarer.Decide(new(carer, told.IsOfAge, heard), care, child, Today)));
    }

    public Task<V1.ChildCare> ScreenAsync(V1.ScreenCarerRequest request, ServerCallContext context)
    {
        CarerBar? bar = request.OutcomeCase switch
        {
            V1.ScreenCarerRequest.OutcomeOneofCase.Passed when request.Passed => null,
            V1.ScreenCarerRequest.OutcomeOneofCase.Barred => Requests.Word<CarerBar>(request.Barred, "barred"),
            _ => throw Requests.Invalid("outcome: passed, or what bars the carer"),
        };
        var command = new ScreenCarer(bar, context.GetCaller().Subject);
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, Plain((care, child) => ScreenCarer.Decide(command, care, child)));
    }

    public Task<V1.ChildCare> NotifyAsync(V1.NotifyEntrustmentRequest request, ServerCallContext context)
    {
        var told = (request.School ? Notices.School : 0) | (request.NotAtSchool ? Notices.NotAtSchool : 0) | (request.VillageCommittee ? Notices.VillageCommittee : 0);
        if (told is Notices.None)
            throw Requests.Invalid("school: one at least of school, not_at_school and village_committee is required");
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, Plain((care, child) => NotifyEntrustment.Decide(new(told), care, child)));
    }

    public Task<V1.ChildCare> EndAsync(V1.EndCareRequest request, ServerCallContext context)
    {
        var command = new EndCare(Requests.Word<CareEndReason>(request.Reason, "reason"));
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, Plain((care, child) => EndCare.Decide(command, care, child)));
    }

    public Task<V1.ChildCare> FindUnfitAsync(V1.FindCarerUnfitRequest request, ServerCallContext context)
    {
        var command = new FindCarerUnfit(Requests.Word<CarerBar>(request.Ground, "ground"), context.GetCaller().Subject);
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, Plain((care, child) => FindCarerUnfit.Decide(command, care, child)));
    }

    public Task<V1.ChildCare> LogContactAsync(V1.LogParentContactRequest request, ServerCallContext context)
    {
        var command = new LogParentContact(
            Requests.Word<Parent>(request.Parent, "parent"), Requests.Word<ContactChannel>(request.Channel, "channel"), Day(request.On, "on"));
        if (command.On > Today || command.On < Today.AddDays(-EntrustedCare.DaysToTellContact))
            throw Requests.Invalid($"on: in the future, or more than {EntrustedCare.DaysToTellContact} days ago");
        return ChangeAsync(request.ChildId, request.ExpectedVersion, context, Plain((care, child) => LogParentContact.Decide(command, care, child)));
    }

    private static Prepared Plain(Func<EntrustedCare, Child, IEnumerable<ICareEvent>> decide) =>
        (_, child, _) => Task.FromResult<Func<EntrustedCare, IEnumerable<ICareEvent>>>(care => decide(care, child));

    private Task<V1.ChildCare> ChangeAsync(string childId, long expected, ServerCallContext context, Prepared prepare)
    {
        var (asked, ct) = (Requests.Id(childId, "child_id"), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var files = await work.LoadAsync<Child>([asked], ct);
            await Canonical.LoadAsync(work, files, ct);
            var (child, meta) = (Canonical.Of(files, asked), context.Meta(clock.GetUtcNow()));
            context.Require(child.Exists ? child.Facts.Residence : null);
            var decide = await prepare(work, child, ct);
            var (before, after, changed) = await cares.ChangeAsync(work, child, decide, e => MetaOf(e, meta), meta, ct);
            if (changed && before.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the care is at version {before.Version}"));
            return CareAnswer.Of(child.Id, after);
        }, ct);
    }

    /// <summary>A contact happened on its day; of one before today, by the end of that day.</summary>
    private static EventMeta MetaOf(ICareEvent @event, EventMeta meta) => @event is ParentContactLogged { On: var on } && on < meta.EffectiveOn
        ? meta with { OccurredAt = WorkCalendar.StartOf(on.AddDays(1)).ToUniversalTime().AddMilliseconds(-1), EffectiveOn = on }
        : meta;

    private static DateOnly Day(string text, string field) =>
        Partners.HouseholdRowCheck.Day(text, out var day) ? day : throw Requests.Invalid($"{field}: not a date as yyyy-MM-dd");
}
