using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Pairings;

/// <summary>How everything about a pairing is recorded: who may, what was asked before, what the pairing allows, and the version the caller saw. Texts are sealed under the pupil's key.</summary>
public sealed class HandlePairing(EventStore store, DivisionTree tree, PersonKeyTable personKeys, TimeProvider clock)
{
    private const int LongestNote = 2000, LeastPlan = 4, LongestPlan = 4000;

    public Task<V1.Pairing> BeginAsync(V1.BeginPairingRequest request, ServerCallContext context)
    {
        var (on, need) = (Day(request.On, "on"), Requests.Word<PairingNeed>(request.Need, "need"));
        var helper = Texts.Account(request.Helper, "helper") ?? throw Requests.Invalid("helper: required");
        var signed = request.CommitmentSignedOn.Length == 0 ? (DateOnly?)null : Day(request.CommitmentSignedOn, "commitment_signed_on");
        return TakeAsync(request.PupilId, request.RequestId, request.ExpectedVersion, (known, id, pupil, _) => known.Begin(id, pupil, need, helper, signed, on), context);
    }

    public Task<V1.Pairing> SupportAsync(V1.RecordSupportRequest request, ServerCallContext context)
    {
        var (on, kind, note) = (Day(request.On, "on"), Requests.Word<SupportKind>(request.Kind, "kind"), Texts.Prose(request.Note, "note", 0, LongestNote));
        return TakeAsync(request.PupilId, request.RequestId, request.ExpectedVersion, (known, id, _, key) => known.Support(id, kind, on, Closed(key, note)), context);
    }

    public Task<V1.Pairing> PlanAsync(V1.MakePlanRequest request, ServerCallContext context)
    {
        var (on, plan) = (Day(request.On, "on"), Texts.Prose(request.Plan, "plan", LeastPlan, LongestPlan));
        return TakeAsync(request.PupilId, request.RequestId, request.ExpectedVersion, (known, id, _, key) => known.MakePlan(id, key.SealJson(plan), on), context);
    }

    public Task<V1.Pairing> EndAsync(V1.EndPairingRequest request, ServerCallContext context)
    {
        var (on, reason, note) = (Day(request.On, "on"), Requests.Word<PairingEnd>(request.Reason, "reason"), Texts.Prose(request.Note, "note", 0, LongestNote));
        if (reason is PairingEnd.PupilLeft)
            throw Requests.Invalid("reason: by rule alone");
        return TakeAsync(request.PupilId, request.RequestId, request.ExpectedVersion, (known, id, _, key) => known.End(id, reason, on, Closed(key, note)), context);
    }

    private Task<V1.Pairing> TakeAsync(
        string pupilId, string requestId, long expected, Func<Pairing, Guid, Pupil, PersonKey, IEnumerable<IPairingEvent>> decide, ServerCallContext context)
    {
        var (id, ct, now) = (Requests.Id(pupilId, "pupil_id"), context.CancellationToken, clock.GetUtcNow());
        var request = CallMeta.StreamOf("pairing", context.GetCaller().Subject, Requests.Id(requestId, "request_id"));
        return store.RunAsync(async work =>
        {
            var pupil = (await work.LoadAsync<Pupil>([id], ct))[id];
            context.RequirePupil(pupil);
            var key = (await personKeys.LoadMany(work.Connection, work.Transaction, [pupil.KeyId], ct)).GetValueOrDefault(pupil.KeyId);
            if (pupil.Erased || key is null or { IsDestroyed: true })
                throw new RejectedException("the pupil's data was erased");
            var stream = Pairing.IdOf(id);
            var known = (await work.LoadAsync<Pairing>([stream], ct))[stream];
            var decided = decide(known, request, pupil, key).ToList();
            if (decided.Count > 0 && known.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the pairing is at version {known.Version}"));
            foreach (var @event in decided)
            {
                work.Append(stream, @event, context.Meta(now));
                known = known.After(@event);
                PairingTable.Write(work, known);
            }
            return ReadPairings.Shown(known, tree);
        }, ct);
    }

    private DateOnly Day(string text, string field) =>
        TermText.Day(text, field) is var day && day <= WorkCalendar.DayOf(clock.GetUtcNow()) ? day : throw Requests.Invalid($"{field}: in the future");

    private static Sealed? Closed(PersonKey key, string note) => note.Length == 0 ? null : key.SealJson(note);
}

/// <summary>The rpcs of pairings; each line hands over to the feature it belongs to.</summary>
public sealed class PairingsService(HandlePairing handle, ReadPairings read) : V1.Pairings.PairingsBase
{
    public override Task<V1.Pairing> BeginPairing(V1.BeginPairingRequest request, ServerCallContext context) => handle.BeginAsync(request, context);

    public override Task<V1.Pairing> RecordSupport(V1.RecordSupportRequest request, ServerCallContext context) => handle.SupportAsync(request, context);

    public override Task<V1.Pairing> MakePlan(V1.MakePlanRequest request, ServerCallContext context) => handle.PlanAsync(request, context);

    public override Task<V1.Pairing> EndPairing(V1.EndPairingRequest request, ServerCallContext context) => handle.EndAsync(request, context);

    public override Task<V1.Pairing> GetPairing(V1.GetPairingRequest request, ServerCallContext context) => read.GetAsync(request, context);

    public override Task<V1.PairingPage> ListPairings(V1.ListPairingsRequest request, ServerCallContext context) => read.ListAsync(request, context);
}
