using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Reporting.Reports;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Responses;

/// <summary>Way in of <see cref="TakeMeasure"/>.</summary>
public sealed class TakeMeasures(HandleResponses responses, SealedWords words, TimeProvider clock)
{
    public Task<V1.Response> AnswerAsync(V1.TakeMeasureRequest request, ServerCallContext context)
    {
        var measure = Requests.Word<Measure>(request.Measure, "measure");
        return request.OutcomeCase switch
        {
            V1.TakeMeasureRequest.OutcomeOneofCase.Taken => TakenAsync(request, measure, context),
            V1.TakeMeasureRequest.OutcomeOneofCase.NotNeeded => NotNeededAsync(request, measure, context),
            _ => throw Requests.Invalid("outcome: taken or not_needed"),
        };
    }

    private Task<V1.Response> TakenAsync(V1.TakeMeasureRequest request, Measure measure, ServerCallContext context)
    {
        var document = Texts.DocumentNo(request.Taken.DocumentNo, "taken.document_no", 0, 100);
        var taken = new MeasureTaken(measure, Requests.Time(request.Taken.At, "taken.at"), Texts.Readable(request.Taken.Organ, "taken.organ", 1, 100),
            document.Length > 0 ? document : null, context.GetCaller().Subject);
        return responses.RunAsync(request.ResponseId, taken.At, context,
            (_, response, report, now) => Task.FromResult(TakeMeasure.Decide(taken, response, report, now)));
    }

    private Task<V1.Response> NotNeededAsync(V1.TakeMeasureRequest request, Measure measure, ServerCallContext context)
    {
        var reason = Texts.Prose(request.NotNeeded.Reason, "not_needed.reason", 4, 1000);
        return responses.RunAsync(request.ResponseId, clock.GetUtcNow(), context, async (work, response, report, now) =>
        {
            var why = await words.SealAsync(work, report, reason, context.CancellationToken);
            return TakeMeasure.Decide(new MeasureNotNeeded(measure, why, now, context.GetCaller().Subject), response, report);
        });
    }
}
