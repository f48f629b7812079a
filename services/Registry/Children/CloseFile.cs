using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Matching;
using ReopenReason = LeftBehind.Contracts.Registry.ReopenReason;

namespace LeftBehind.Registry.Children;

/// <summary>Closes a file as deceased, moved away or entered in error, and opens it again. Deceased and merged files, and those of adults, stay closed.</summary>
public sealed class CloseFile(EventStore store, WhatFollows follows, TimeProvider clock)
{
    /// <summary>None when it is closed so already. Of a child that moved away the death may still be told.</summary>
    public static IEnumerable<IChildEvent> Close(Child child, FileState state) =>
        child.Facts.State == state ? []
        : child.Facts.State is FileState.Open || (child.Facts.State, state) is (FileState.MovedAway, FileState.Deceased)
            ? [new ChildFileClosed(DetermineCategory.Closed(child.Facts, state))]
            : throw new RejectedException($"the file is closed already: {child.Facts.State}");

    /// <summary>None when it is open already.</summary>
    public static IEnumerable<IChildEvent> Reopen(Child child, ReopenReason reason, DateOnly today) => child.Facts.State switch
    {
        FileState.Open => [],
        FileState.Deceased or FileState.MergedInto => throw new RejectedException($"a file closed as {child.Facts.State} stays closed"),
        _ when DetermineCategory.IsAdult(child, today) => throw new RejectedException("an adult has no file"),
        _ => DetermineCategory.Reopen(child, reason, today),
    };

    public Task<ChildFile> CloseAsync(CloseFileRequest request, ServerCallContext context)
    {
        var state = request.Reason switch
        {
            CloseReason.CloseDeceased => FileState.Deceased,
            CloseReason.CloseMovedAway => FileState.MovedAway,
            CloseReason.CloseEnteredInError => FileState.EnteredInError,
            _ => throw Requests.Invalid("reason: CLOSE_DECEASED, CLOSE_MOVED_AWAY or CLOSE_ENTERED_IN_ERROR is required"),
        };
        return ChangeAsync(request.ChildId, request.ExpectedVersion, state, (child, _) => Close(child, state), context);
    }

    public Task<ChildFile> ReopenAsync(ReopenFileRequest request, ServerCallContext context)
    {
        var reason = request.Reason switch
        {
            Protos.Registry.V1.ReopenReason.ReopenMovedBack => ReopenReason.MovedBack,
            Protos.Registry.V1.ReopenReason.ReopenClosedInError => ReopenReason.ClosedInError,
            _ => throw Requests.Invalid("reason: REOPEN_MOVED_BACK or REOPEN_CLOSED_IN_ERROR is required"),
        };
        return ChangeAsync(request.ChildId, request.ExpectedVersion, FileState.Open, (child, today) => Reopen(child, reason, today), context);
    }

    /// <summary>A repeat finds the file as it asked for and is answered whatever version it expects.</summary>
    private Task<ChildFile> ChangeAsync(
        string childId, long expected, FileState wanted, Func<Child, DateOnly, IEnumerable<IChildEvent>> decide, ServerCallContext context)
    {
        var id = Requests.Id(childId, "child_id");
        if (expected < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var child = await Canonical.LoadAsync(work, id, context.CancellationToken);
            context.Require(child.Exists ? child.Facts.Residence : null);
            if (child.Facts.State == wanted)
                return Shown(child);
            if (child.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the file is at version {child.Version}"));
            var now = clock.GetUtcNow();
            foreach (var @event in decide(child, WorkCalendar.DayOf(now)))
            {
                work.Append(child.Id, @event, context.Meta(now));
                child = child.After(@event);
            }
            await follows.OfAsync(work, [child], context.Meta(now), context.CancellationToken);
            return Shown(child);
        }, context.CancellationToken);
    }

    private static ChildFile Shown(Child child) => new() { ChildId = child.Id.ToString(), State = child.Facts.State.ToString(), Version = child.Version };
}
