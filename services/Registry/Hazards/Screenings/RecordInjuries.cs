using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>An accident happened to a child (policy: 报告等制度).</summary>
public sealed class RecordInjuries(EventStore store, TimeProvider clock)
{
    /// <summary>None for a repeat. Of a child that died of it, the file may be closed already.</summary>
    public static IEnumerable<ISafetyEvent> Decide(Guid injury, InjuryFacts told, Child child, ChildSafety safety, DateOnly today)
    {
        if (safety.Injuries.GetValueOrDefault(injury) is { } known)
            return known == told ? [] : throw new RejectedException("The request_id was used for another accident.");
        if (child.Facts.State is not FileState.Open && (child.Facts.State, told.Severity) is not (FileState.Deceased, InjurySeverity.Fatal))
            throw new RejectedException($"The file is closed: {child.Facts.State}.");
        if (told.On > today)
            throw new RejectedException("occurred_on: a day to come");
        return [new InjuryOccurred(child.Id, injury, told, safety.Facts)];
    }

    public Task<V1.RecordedInjury> AnswerAsync(V1.RecordInjuryRequest request, ServerCallContext context)
    {
        var (id, now, ct) = (Requests.Id(request.ChildId, "child_id"), clock.GetUtcNow(), context.CancellationToken);
        var injury = CallMeta.StreamOf("injury", context.GetCaller().Subject, Requests.Id(request.RequestId, "request_id"));
        var told = new InjuryFacts(
            Requests.Word<HazardKind>(request.Kind, "kind"), Days.Read(request.OccurredOn, "occurred_on"), Requests.Word<InjurySeverity>(request.Severity, "severity"));
        return store.RunAsync(async work =>
        {
            var children = await work.LoadAsync<Child>([id], ct);
            await Canonical.LoadAsync(work, children, ct);
            var child = Canonical.Of(children, id);
            context.Require(child.Exists ? child.Facts.Residence : null);
            var stream = ChildSafety.IdOf(child.Id);
            var safety = (await work.LoadAsync<ChildSafety>([stream], ct))[stream];
            foreach (var @event in Decide(injury, told, child, safety, WorkCalendar.DayOf(now)))
                work.Append(stream, @event, context.Meta(now));
            return new V1.RecordedInjury { InjuryId = injury.ToString(), ChildId = child.Id.ToString() };
        }, ct);
    }
}
