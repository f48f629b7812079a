using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Intake;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry;

/// <summary>Registry's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class RegistryService(WayIn<HouseholdRow> way, Receipts receipts, RevealIdentities reveal, WhyEligible why, CloseFile files, UnlinkPupils unlink,
    SearchChildren search, ListSuspectedDuplicates suspected, SettleDuplicates settle)
    : Protos.Registry.V1.Registry.RegistryBase
{
    public override Task PushHouseholds(
        IAsyncStreamReader<HouseholdBatch> requestStream, IServerStreamWriter<BatchVerdicts> responseStream, ServerCallContext context) =>
        way.ServeAsync(requestStream, responseStream, b => b.BatchId, b => b.Rows, context);

    public override Task<Receipt> GetReceipt(GetReceiptRequest request, ServerCallContext context) => receipts.GetAsync(request, context);

    public override Task<ReceiptCounts> CountReceipts(CountReceiptsRequest request, ServerCallContext context) => receipts.CountAsync(request, context);

    public override Task<RevealedIdentities> RevealIdentities(RevealIdentitiesRequest request, ServerCallContext context) =>
        reveal.AnswerAsync(request, context.GetCaller(), context.CancellationToken);

    public override Task<Protos.Registry.V1.Determination> WhyEligible(WhyEligibleRequest request, ServerCallContext context) => why.AnswerAsync(request, context);

    public override Task<ChildFile> CloseFile(CloseFileRequest request, ServerCallContext context) => files.CloseAsync(request, context);

    public override Task<ChildFile> ReopenFile(ReopenFileRequest request, ServerCallContext context) => files.ReopenAsync(request, context);

    public override Task<PupilLinks> UnlinkPupil(UnlinkPupilRequest request, ServerCallContext context) => unlink.AnswerAsync(request, context);

    public override Task<FoundChildren> SearchChildren(SearchChildrenRequest request, ServerCallContext context) => search.AnswerAsync(request, context);

    public override Task<SuspectedDuplicates> ListSuspectedDuplicates(ListSuspectedDuplicatesRequest request, ServerCallContext context) =>
        suspected.AnswerAsync(request, context);

    public override Task<DuplicateSettled> ConfirmDuplicate(ConfirmDuplicateRequest request, ServerCallContext context) => settle.ConfirmAsync(request, context);

    public override Task<DuplicateSettled> DismissDuplicate(DismissDuplicateRequest request, ServerCallContext context) => settle.DismissAsync(request, context);

    public override Task<DuplicateSettled> UnlinkDuplicate(UnlinkDuplicateRequest request, ServerCallContext context) => settle.UnlinkAsync(request, context);
}
