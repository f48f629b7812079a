using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Placements;

/// <summary>Ways in of the commands on placements; each moves the duty to review in the same transaction.</summary>
public sealed class HandlePlacements(EventStore store, SealedWords words, PlacementDuties duties, PlacementAnswer answers, KeyedDigest digests, TimeProvider clock)
{
    public Task<V1.Placement> PlaceAsync(V1.PlaceChildRequest request, ServerCallContext context)
    {
        var (caller, now, ct) = (context.GetCaller(), clock.GetUtcNow(), context.CancellationToken);
        var id = CallMeta.StreamOf(Placement.StreamType, caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var (reportId, at) = (Requests.Id(request.ReportId, "report_id"), Requests.Time(request.At, "at"));
        var (ground, place) = (Requests.Word<PlacementGround>(request.Ground, "ground"), Requests.Word<PlacementPlace>(request.Place, "place"));
        var receiver = Texts.Line(request.Receiver, "receiver", 2, 200);
        var (number, note) = (Texts.DocumentNo(request.HandOverNo, "hand_over_no", 1, 100), Texts.Prose(request.HandOverNote, "hand_over_note", 0, 1000));
        return store.RunAsync(async work =>
        {
            var report = (await work.LoadAsync<Report>([reportId], ct))[reportId];
            context.Require(report);
            var placement = (await work.LoadAsync<Placement>([id], ct))[id];
            var facts = new PlacementFacts(report.Id, report.Case.Child, report.Case.Division, ground, place, PlacementState.Placed, report.Case.Shielded);
            var placed = new ChildPlaced(await words.SealAsync(work, report, receiver, ct), number, await words.SealAsync(work, report, note, ct), at,
                Convert.ToBase64String(digests.Of(request.ToByteArray())), caller.Subject, facts);
            var lasting = await LastingPlacements.OfAsync(work, Placement.SubjectOf(facts), ct);
            var events = PlaceChild.Decide(placed, placement, lasting, report, now, await IsSiblingAsync(work, report, ct)).ToList();
            if (events.Count > 0)
            {
                placement = Append(work, placement, events, context.Meta(at));
                LastingPlacements.Begin(work, placement);
                await duties.FollowAsync(work, placement, context.Meta(at), ct);
            }
            return answers.Of(placement);
        }, ct);
    }

    /// <summary>A child whose report joined the case of its household is placed by its own report.</summary>
    private static async Task<bool> IsSiblingAsync(StoreWork work, Report report, CancellationToken ct) => report is { LinkedTo: { } joined, Case.Child: { } child }
        && (await work.LoadAsync<Report>([joined], ct))[joined].Case.Child is { } other && other != child;

    public Task<V1.Placement> ReviewAsync(V1.ReviewPlacementRequest request, ServerCallContext context)
    {
        var (at, note) = (Requests.Time(request.At, "at"), Texts.Prose(request.Note, "note", 4, 1000));
        return ChangeAsync(request.PlacementId, request.ExpectedVersion, at, context, async (work, report, placement) =>
        {
            var found = await words.SealAsync(work, report, note, context.CancellationToken);
            return ReviewPlacement.Decide(new(at, found, context.GetCaller().Subject, placement.Facts!), placement, clock.GetUtcNow());
        });
    }

    public Task<V1.Placement> EndAsync(V1.EndPlacementRequest request, ServerCallContext context)
    {
        var at = Requests.Time(request.At, "at");
        var (state, document, ground) = request.EndCase switch
        {
            V1.EndPlacementRequest.EndOneofCase.Return => (PlacementState.Returned, Texts.DocumentNo(request.Return.AssessmentNo, "return.assessment_no", 1, 100), (LongTermGround?)null),
            V1.EndPlacementRequest.EndOneofCase.LongTerm => (PlacementState.LongTerm, Texts.DocumentNo(request.LongTerm.DocumentNo, "long_term.document_no", 1, 100),
                Requests.Word<LongTermGround>(request.LongTerm.Ground, "long_term.ground")),
            V1.EndPlacementRequest.EndOneofCase.Court => (PlacementState.Court, Texts.DocumentNo(request.Court.DocumentNo, "court.document_no", 1, 100), null),
            _ => throw Requests.Invalid("end: return, long_term or court"),
        };
        return ChangeAsync(request.PlacementId, request.ExpectedVersion, at, context, (_, _, placement) => Task.FromResult(EndPlacement.Decide(
            new(at, document, ground, context.GetCaller().Subject, placement.Facts! with { State = state }), placement, clock.GetUtcNow())));
    }

    /// <summary>A repeat is answered as it is, whatever version it expects.</summary>
    private Task<V1.Placement> ChangeAsync(string placementId, long expected, DateTimeOffset at, ServerCallContext context,
        Func<StoreWork, Report, Placement, Task<IEnumerable<IPlacementEvent>>> decide)
    {
        var (id, ct) = (Requests.Id(placementId, "placement_id"), context.CancellationToken);
        if (expected < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var placement = (await work.LoadAsync<Placement>([id], ct))[id];
            var reportId = placement.Facts?.ReportId ?? Guid.Empty;
            var report = (await work.LoadAsync<Report>([reportId], ct))[reportId];
            context.Require(report);
            List<IPlacementEvent> events;
            try
            {
                events = [.. await decide(work, report, placement)];
            }
            catch (RejectedException) when (placement.Version != expected)
            {
                throw Moved(placement);
            }
            if (events.Count == 0)
                return answers.Of(placement);
            if (placement.Version != expected)
                throw Moved(placement);
            placement = Append(work, placement, events, context.Meta(at));
            if (placement.Ended is not null)
                LastingPlacements.End(work, placement);
            await duties.FollowAsync(work, placement, context.Meta(at), ct);
            return answers.Of(placement);
        }, ct);
    }

    private static Placement Append(StoreWork work, Placement placement, IEnumerable<IPlacementEvent> events, EventMeta meta)
    {
        foreach (var @event in events)
        {
            work.Append(placement.Id, @event, meta);
            placement = placement.After(@event);
        }
        return placement;
    }

    private static RpcException Moved(Placement placement) => new(new(StatusCode.Aborted, $"expected_version: the placement is at {placement.Version}"));
}
