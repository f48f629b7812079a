using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance;

/// <summary>EducationAttendance's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class EducationService(WayIn<RollRow> way, Receipts receipts, FollowReceipts follow, DivisionTree tree, TimeProvider clock) : Protos.Education.V1.EducationAttendance.EducationAttendanceBase
{
    public override Task PushStudentRoll(
        IAsyncStreamReader<RollBatch> requestStream, IServerStreamWriter<BatchVerdicts> responseStream, ServerCallContext context) =>
        way.ServeAsync(requestStream, responseStream, b => b.BatchId, b => b.Rows, context);

    public override Task<Receipt> GetReceipt(GetReceiptRequest request, ServerCallContext context) => receipts.GetAsync(request, context);

    public override Task<ReceiptCounts> CountReceipts(CountReceiptsRequest request, ServerCallContext context) => receipts.CountAsync(request, context);

    public override Task FollowDivisionReceipts(FollowDivisionReceiptsRequest request, IServerStreamWriter<ReceiptChanges> responseStream, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        return follow.OfDivisionsAsync(tree.ValuesWithin(division!.Value), request.Cursor, responseStream, context);
    }
}
