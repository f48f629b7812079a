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
    /// <param name="command">What is asked.</param>
    /// <param name="file">The file that the pupil was linked to.</param>
    /// <param name="counts">The file that counts for it; null when it counts itself.</param>
    public static IEnumerable<PupilUnlinked> Decide(UnlinkPupil command, Child file, Child? counts = null)
    {
        if (!file.Pupils.Contains(command.Pupil))
            return [];
        return (counts ?? file).Version is var version && version == command.ExpectedVersion
            ? [new(command.Pupil, command.Ground, file.Facts, counts?.Id)]
            : throw new RpcException(new(StatusCode.Aborted, $"expected_version: the file is at version {version}"));
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
            var files = await work.LoadAsync<Child>([id], ct);
            await Canonical.LoadAsync(work, files, ct);
            var counts = Canonical.Of(files, id);
            context.Require(counts.Exists ? counts.Facts.Residence : null);
            await Canonical.LoadJoinedAsync(work, files, ct);
            var file = files.Values.FirstOrDefault(f => f.Pupils.Contains(command.Pupil)) ?? counts;
            foreach (var @event in UnlinkPupil.Decide(command, file, file.Id == counts.Id ? null : counts).ToList())
            {
                work.Append(file.Id, @event, context.Meta(now));
                LinkedPupils.Unlink(work, [command.Pupil]);
                files[file.Id] = file.After(@event);
            }
            counts = files[counts.Id];
            return new V1.PupilLinks { ChildId = counts.Id.ToString(), Version = counts.Version, PupilIds = { Canonical.PupilsOf(files, counts).Select(p => p.ToString()) } };
        }, ct);
    }
}
