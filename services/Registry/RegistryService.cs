using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;

namespace LeftBehind.Registry;

/// <summary>Registry's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class RegistryService(WayIn<HouseholdRow> way, Receipts receipts, RevealIdentities reveal, EventStore store, TimeProvider clock)
    : Protos.Registry.V1.Registry.RegistryBase
{
    public override Task PushHouseholds(
        IAsyncStreamReader<HouseholdBatch> requestStream, IServerStreamWriter<BatchVerdicts> responseStream, ServerCallContext context) =>
        way.ServeAsync(requestStream, responseStream, b => b.BatchId, b => b.Rows, context);

    public override Task<Receipt> GetReceipt(GetReceiptRequest request, ServerCallContext context) => receipts.GetAsync(request, context);

    public override Task<ReceiptCounts> CountReceipts(CountReceiptsRequest request, ServerCallContext context) => receipts.CountAsync(request, context);

    public override Task<RevealedIdentities> RevealIdentities(RevealIdentitiesRequest request, ServerCallContext context) =>
        reveal.AnswerAsync(request, context.GetCaller(), context.CancellationToken);

    public override async Task<Protos.Registry.V1.Determination> WhyEligible(WhyEligibleRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.ChildId, out var id))
            throw new RpcException(new(StatusCode.InvalidArgument, "child_id: not a UUID"));
        var child = (await store.ReadAsync<Child>([id], context.CancellationToken))[id];
        context.Require(child.Exists ? child.Facts.Residence : null);
        var determined = DetermineCategory.Of(child, WorkCalendar.DayOf(clock.GetUtcNow()));
        return new()
        {
            ChildId = request.ChildId, Category = determined.Category.ToString(), Reason = determined.Reason?.ToString() ?? "", RuleVersion = Eligibility.RuleVersion,
            Findings =
            {
                determined.Findings.Select(f => new Protos.Registry.V1.Finding
                    { Condition = f.Condition, Found = f.Found switch { true => "yes", false => "no", null => "unknown" }, Basis = f.Basis }),
            },
        };
    }
}
