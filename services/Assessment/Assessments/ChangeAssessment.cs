using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Assessment.Plans;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Assessments;

/// <summary>The one way in which a person changes an assessment: within reach, on the version that was seen, and a repeat is answered as it is.</summary>
public sealed class ChangeAssessment(EventStore store, WriteAssessments write, AssessmentAnswer answers, TimeProvider clock)
{
    /// <param name="assessmentId">The assessment, as it was asked for.</param>
    /// <param name="expected">The version that the caller saw; null where callers of earlier releases tell none.</param>
    /// <param name="context">The call.</param>
    /// <param name="decide">What happens, of the assessment as it is and the moment.</param>
    public Task<V1.AssessmentRecord> RunAsync(
        string assessmentId, long? expected, ServerCallContext context, Func<StoreWork, AssessmentFile, DateTimeOffset, Task<IEnumerable<AssessmentEvent>>> decide)
    {
        var (id, now, ct) = (Requests.Id(assessmentId, "assessment_id"), clock.GetUtcNow(), context.CancellationToken);
        if (expected < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var file = (await work.LoadAsync<AssessmentFile>([id], ct))[id];
            context.Require(file.Of?.Division);
            List<AssessmentEvent> events;
            try
            {
                events = [.. await decide(work, file, now)];
            }
            catch (RejectedException) when (IsStale(file))
            {
                throw Moved(file);
            }
            if (events.Count > 0 && IsStale(file))
                throw Moved(file);
            file = await write.AppendAsync(work, file, events, context.Meta(now), ct);
            return answers.Of(file, await PlanOfAsync(work, file, ct));
        }, ct);

        bool IsStale(AssessmentFile file) => expected is { } seen && seen != file.Version;
    }

    /// <inheritdoc cref="RunAsync(string, long?, ServerCallContext, Func{StoreWork, AssessmentFile, DateTimeOffset, Task{IEnumerable{AssessmentEvent}}})"/>
    public Task<V1.AssessmentRecord> RunAsync(string assessmentId, long? expected, ServerCallContext context, Func<AssessmentFile, DateTimeOffset, IEnumerable<AssessmentEvent>> decide) =>
        RunAsync(assessmentId, expected, context, (_, file, now) => Task.FromResult(decide(file, now)));

    /// <summary>The plan as it stands in this transaction.</summary>
    private static async Task<AssistancePlan> PlanOfAsync(StoreWork work, AssessmentFile file, CancellationToken ct)
    {
        var id = AssistancePlan.IdOf(file.Id);
        await work.FlushAsync(ct);
        return (await work.LoadAsync<AssistancePlan>([id], ct))[id];
    }

    private static RpcException Moved(AssessmentFile file) => new(new(StatusCode.Aborted, $"expected_version: the assessment is at version {file.Version}"));
}
