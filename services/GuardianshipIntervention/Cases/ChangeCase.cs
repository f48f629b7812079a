using Grpc.Core;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>The one way in which a person changes a case: within reach, on the version that was seen, and a repeat is answered as it is.</summary>
public sealed class ChangeCase(EventStore store, WriteCases cases, DivisionTree tree, TimeProvider clock)
{
    /// <param name="caseId">The case, as it was asked for.</param>
    /// <param name="expected">The version that the caller saw.</param>
    /// <param name="occurredAt">When what is recorded happened; now unless given.</param>
    /// <param name="context">The call.</param>
    /// <param name="decide">What happens, of the case as it is and the moment.</param>
    public Task<V1.InterventionCase> RunAsync(
        string caseId, long expected, DateTimeOffset? occurredAt, ServerCallContext context,
        Func<StoreWork, InterventionCase, DateTimeOffset, Task<IEnumerable<CaseEvent>>> decide)
    {
        var (id, now, ct) = (Requests.Id(caseId, "case_id"), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var before = (await work.LoadAsync<InterventionCase>([id], ct))[id];
            context.Require(before);
            var events = (await decide(work, before, now)).ToList();
            if (events.Count > 0 && before.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the case is at version {before.Version}"));
            return CaseAnswer.Of(await cases.WriteAsync(work, before, events, context.Meta(occurredAt ?? now), ct), tree);
        }, ct);
    }

    /// <inheritdoc cref="RunAsync(string, long, DateTimeOffset?, ServerCallContext, Func{StoreWork, InterventionCase, DateTimeOffset, Task{IEnumerable{CaseEvent}}})"/>
    public Task<V1.InterventionCase> RunAsync(
        string caseId, long expected, DateTimeOffset? occurredAt, ServerCallContext context, Func<InterventionCase, DateTimeOffset, IEnumerable<CaseEvent>> decide) =>
        RunAsync(caseId, expected, occurredAt, context, (_, of, now) => Task.FromResult(decide(of, now)));
}
