using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Matching;

/// <summary>A person takes a link back, and it is remembered: the pair is not linked again by rule.</summary>
public sealed record UnlinkPupil(Guid Pupil, UnlinkGround Ground, long ExpectedVersion)
{
    public static IEnumerable<PupilUnlinked> Decide(UnlinkPupil command, Child child)
    {
        if (!child.Pupils.Contains(command.Pupil))
            return [];
        return child.Version == command.ExpectedVersion
            ? [new(command.Pupil, command.Ground, child.Facts)]
            : throw new RpcException(new(StatusCode.Aborted, $"expected_version: the file is at version {child.Version}"));
    }
}

/// <summary>Way in of <see cref="UnlinkPupil"/>.</summary>
public sealed class UnlinkPupils(EventStore store, TimeProvider clock)
{
    public Task<V1.PupilLinks> AnswerAsync(V1.UnlinkPupilRequest request, ServerCallContext context)
    {
        var (id, now, ct) = (Requests.Id(request.ChildId, "child_id"), clock.GetUtcNow(), context.CancellationToken);
        var command = new UnlinkPupil(Requests.Id(request.PupilId, "pupil_id"), Requests.Word<UnlinkGround>(request.Reason, "reason"), request.ExpectedVersion);
        return store.RunAsync(async work =>
        {
            var child = (await work.LoadAsync<Child>([id], ct))[id];
            context.Require(child.Exists ? child.Facts.Residence : null);
            foreach (var @event in UnlinkPupil.Decide(command, child).ToList())
            {
                work.Append(id, @event, context.Meta(now));
                LinkedPupils.Unlink(work, [command.Pupil]);
                child = child.After(@event);
            }
            return new V1.PupilLinks { ChildId = request.ChildId, Version = child.Version, PupilIds = { child.Pupils.Order().Select(p => p.ToString()) } };
        }, ct);
    }
}
