using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.ReadLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>Reads a difference with the reason of its decision, and takes decisions. The reason is sealed under the pupil's key, and erased with it.</summary>
public sealed class HandleReconciliation(EventStore store, DivisionTree tree, ObligationBook book, PersonKeyTable personKeys, TimeProvider clock)
{
    private const int LeastText = 4, LongestReason = 500;

    public Task<V1.ReconciliationCase> DecideAsync(V1.DecideReconciliationCaseRequest request, ServerCallContext context)
    {
        var (id, ct, now) = (Requests.Id(request.CaseId, "case_id"), context.CancellationToken, clock.GetUtcNow());
        var asked = CallMeta.StreamOf("reconciliation", context.GetCaller().Subject, Requests.Id(request.RequestId, "request_id"));
        var decision = Requests.Word<ReconciliationDecision>(request.Decision, "decision");
        var reason = Texts.Prose(request.Reason, "reason", LeastText, LongestReason);
        return store.RunAsync(async work =>
        {
            var (known, _, key) = await LoadAsync(work, id, context);
            if (key is null or { IsDestroyed: true })
                throw new RejectedException("the pupil's data was erased");
            var decided = known.Decide(asked, decision, key.SealJson(reason), WorkCalendar.DayOf(now)).ToList();
            if (decided.Count > 0 && known.Version != request.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the case is at version {known.Version}"));
            foreach (var @event in decided)
            {
                work.Append(id, @event, context.Meta(now));
                known = known.After(@event);
                ReconciliationTable.Write(work, known);
                await book.FulfilAsync(work, [ReconciliationDuties.Done(known, context.Meta(now))], ct);
            }
            return Shown(known, tree);
        }, ct);
    }

    public Task<V1.ReconciliationCase> GetAsync(V1.GetReconciliationCaseRequest request, ServerCallContext context)
    {
        var (id, caller) = (Requests.Id(request.CaseId, "case_id"), context.GetCaller());
        var purpose = PersonalReads.Purpose(request.Purpose);
        return store.RunAsync(async work =>
        {
            var (known, pupil, key) = await LoadAsync(work, id, context);
            PersonalReads.Record(work, caller, "reconciliation", purpose, PupilReads.Of(pupil, id));
            var answer = Shown(known, tree);
            answer.Reason = known.Reason is { } reason && key is not null && key.TryUnsealJson<string>(reason, out var text) ? text : "";
            return answer;
        }, context.CancellationToken);
    }

    private async Task<(ReconciliationCase Known, Pupil Pupil, PersonKey? Key)> LoadAsync(StoreWork work, Guid id, ServerCallContext context)
    {
        var known = (await work.LoadAsync<ReconciliationCase>([id], context.CancellationToken))[id];
        context.Require(known.Facts?.School);
        var pupil = (await work.LoadAsync<Pupil>([known.Pupil], context.CancellationToken))[known.Pupil];
        return (known, pupil, (await personKeys.LoadMany(work.Connection, work.Transaction, [pupil.KeyId], context.CancellationToken)).GetValueOrDefault(pupil.KeyId));
    }

    internal static V1.ReconciliationCase Shown(ReconciliationCase known, DivisionTree tree) => new()
    {
        CaseId = known.Id.ToString(), PupilId = known.Pupil.ToString(), Version = known.Version, Kind = (V1.ReconciliationKind)known.Facts!.Kind,
        State = (V1.ReconciliationState)known.Facts.State, Since = TermText.Written(known.Facts.Since), DivisionCode = tree.Code(known.Facts.School).ToString(),
        Decision = (V1.ReconciliationDecision)(known.Facts.Decision ?? 0),
    };
}
