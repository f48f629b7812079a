using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Responses;

/// <summary>Adds evidence to a measure that was taken (policy: 按照有关规定调查取证). The event comes ready made, with its sealed description.</summary>
public static class AddEvidence
{
    /// <summary>What a repeat tells again is not sealed the same, so it is known by all but its words.</summary>
    public static IEnumerable<object> Decide(EvidenceAdded added, Response response, Report report, DateTimeOffset now)
    {
        if (response.Evidence.Find(e => e.Evidence == added.Evidence) is { } known)
            return known with { Description = added.Description, By = added.By } == added ? []
                : throw new RejectedException("The evidence_id was used for another evidence.");
        if (!response.Measures.TryGetValue(added.Measure, out var settled) || !settled.Taken)
            throw new RejectedException("The measure was not taken.");
        Timing.Require(added.At, report, now);
        return [added];
    }
}

/// <summary>Way in of <see cref="AddEvidence"/>.</summary>
public sealed class AddEvidences(HandleResponses responses, SealedWords words)
{
    public Task<V1.Response> AnswerAsync(V1.AddEvidenceRequest request, ServerCallContext context)
    {
        var (measure, kind) = (Requests.Word<Measure>(request.Measure, "measure"), Requests.Word<EvidenceKind>(request.Kind, "kind"));
        var (id, at) = (Requests.Id(request.EvidenceId, "evidence_id"), Requests.Time(request.At, "at"));
        var document = Texts.DocumentNo(request.DocumentNo, "document_no", 0, 100);
        var description = Texts.Prose(request.Description, "description", 2, 1000);
        return responses.RunAsync(request.ResponseId, at, context, async (work, response, report, now) =>
        {
            var shown = await words.SealAsync(work, report, description, context.CancellationToken);
            return AddEvidence.Decide(new(id, measure, kind, document.Length > 0 ? document : null, at, shown, context.GetCaller().Subject), response, report, now);
        });
    }
}
