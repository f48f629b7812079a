using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Placements;

/// <summary>A placement; its sealed texts for a stated purpose only, and that is recorded in the transaction that reads them (未成年人网络保护条例 §36).</summary>
public sealed class GetPlacement(EventStore store, PlacementAnswer answers, PersonKeyTable personKeys)
{
    public async Task<V1.Placement> AnswerAsync(V1.GetPlacementRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.PlacementId, "placement_id"), context.CancellationToken);
        var purpose = PersonalReads.OptionalPurpose(request.Purpose);
        var placement = (await store.ReadAsync<Placement>([id], ct))[id];
        var reportId = placement.Facts?.ReportId ?? Guid.Empty;
        var report = (await store.ReadAsync<Report>([reportId], ct))[reportId];
        if (context.Require(report) is not Detail.Full)
            throw ScopeGuard.NotFound();
        if (purpose.Length == 0)
            return answers.Of(placement);
        var keys = await store.RunAsync(async work =>
        {
            PersonalReads.Record(work, context.GetCaller(), "placement", purpose, ReportReads.Of(report));
            return await personKeys.LoadMany(work.Connection, work.Transaction, [report.TextKey], ct);
        }, ct);
        return answers.Of(placement, text => keys.TryGetValue(text.KeyId, out var key) && key.TryUnsealJson<string>(text, out var words) ? words : "");
    }
}

/// <summary>A placement as it is answered.</summary>
public sealed class PlacementAnswer(DivisionTree tree)
{
    /// <summary>What is sealed stays closed unless somebody opens it.</summary>
    public V1.Placement Of(Placement placement, Func<Sealed, string>? open = null)
    {
        var (facts, placed) = (placement.Facts!, placement.Placed!);
        return new()
        {
            PlacementId = placement.Id.ToString(), ReportId = facts.ReportId.ToString(), ChildId = facts.ChildId?.ToString() ?? "",
            DivisionCode = tree.Code(facts.Division).ToString(), Ground = Enum.Parse<V1.PlacementGround>(facts.Ground.ToString()),
            Place = Enum.Parse<V1.PlacementPlace>(facts.Place.ToString()), State = Enum.Parse<V1.PlacementState>(facts.State.ToString()),
            PlacedAt = Requests.Written(placed.At), HandOverNo = placed.HandOverNo,
            Reviews = { placement.Reviews.Select(r => new V1.PlacementReview { At = Requests.Written(r.At), Note = open?.Invoke(r.Note) ?? "" }) },
            EndedAt = Requests.Written(placement.Ended?.At), EndDocumentNo = placement.Ended?.DocumentNo ?? "", Version = placement.Version,
            LongTermGround = placement.Ended?.Ground is { } ground ? Enum.Parse<V1.LongTermGround>(ground.ToString()) : V1.LongTermGround.Unspecified,
            Receiver = open?.Invoke(placed.Receiver) ?? "", HandOverNote = open?.Invoke(placed.HandOverNote) ?? "",
        };
    }
}
