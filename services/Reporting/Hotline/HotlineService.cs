using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Live;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Hotline;

/// <summary>The rpcs of 12355; each line hands over to the feature it belongs to.</summary>
public sealed class HotlineService(
    ReceiveAppeals receive, ClassifyAppeals classify, HandleAppeals handle, GetAppeal read, ListAppeals list, HandleOperators operators, WatchLog watch, EventStore store,
    AppealAnswer answers, DivisionTree tree, TimeProvider clock) : V1.HotlineAppeals.HotlineAppealsBase
{
    public override Task<V1.AppealReceipt> ReceiveAppeal(V1.ReceiveAppealRequest request, ServerCallContext context) => receive.AnswerAsync(request, context);

    public override Task<V1.Appeal> ClassifyAppeal(V1.ClassifyAppealRequest request, ServerCallContext context) => classify.AnswerAsync(request, context);

    public override Task<V1.Appeal> AssignAppeal(V1.AssignAppealRequest request, ServerCallContext context) => handle.AssignAsync(request, context);

    public override Task<V1.Appeal> TransferAppeal(V1.TransferAppealRequest request, ServerCallContext context) => handle.TransferAsync(request, context);

    public override Task<V1.Appeal> BeginAppeal(V1.AppealActRequest request, ServerCallContext context) => handle.BeginAsync(request, context);

    public override Task<V1.Appeal> RecordHelp(V1.RecordHelpRequest request, ServerCallContext context) => handle.HelpAsync(request, context);

    public override Task<V1.Appeal> AnswerAppeal(V1.AnswerAppealRequest request, ServerCallContext context) => handle.AnswerAsync(request, context);

    public override Task<V1.Appeal> FollowUpAppeal(V1.FollowUpAppealRequest request, ServerCallContext context) => handle.FollowUpAsync(request, context);

    public override Task<V1.Appeal> CloseAppeal(V1.AppealActRequest request, ServerCallContext context) => handle.CloseAsync(request, context);

    public override Task<V1.Appeal> GetAppeal(V1.GetAppealRequest request, ServerCallContext context) => read.AnswerAsync(request, context);

    public override Task<V1.Appeals> ListAppeals(V1.ListAppealsRequest request, ServerCallContext context) => list.AnswerAsync(request, context);

    public override Task<V1.Operator> SetOperator(V1.SetOperatorRequest request, ServerCallContext context) => operators.SetAsync(request, context);

    public override Task<V1.Operators> ListOperators(V1.ListOperatorsRequest request, ServerCallContext context) => operators.ListAsync(request, context);

    public override Task WatchAppeals(V1.WatchAppealsRequest request, IServerStreamWriter<V1.LiveAppeals> responseStream, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division, Tie.Assigned | Tie.Escalated);
        var within = tree.ValuesWithin(division!.Value);
        var (log, divisions) = (new AppealLog(store), within.ToHashSet());
        return watch.RunAsync(request.Cursor, ct => log.NowAsync(within, ct), log.SinceAsync, Shown,
            (appeals, cursor, complete) => responseStream.WriteAsync(new() { Appeals = { appeals }, Cursor = cursor, Complete = complete }, context.CancellationToken), context);

        // Whoever had it in its list is told that it left.
        IEnumerable<V1.LiveAppeal> Shown(IReadOnlyCollection<Appeal> appeals) =>
            from appeal in appeals
            let listed = divisions.Contains(appeal.Division.Value) || divisions.Contains(appeal.Holder.Value)
            where (listed || appeal.Hops.Any(h => divisions.Contains(h.Transfer.From.Value))) && appeal.Shows(context.GetCaller())
            orderby appeal.Received!.Danger descending, appeal.Received!.At
            select new V1.LiveAppeal { Appeal = answers.Of(appeal), Listed = listed && appeal.IsOpen };
    }
}
