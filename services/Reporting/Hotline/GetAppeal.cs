using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Hotline;

/// <summary>An appeal as far as the caller may see it; sealed texts for a stated purpose only, recorded in the transaction that reads them (未成年人网络保护条例 §36).</summary>
public sealed class GetAppeal(EventStore store, AppealAnswer answers, PersonKeyTable personKeys)
{
    public async Task<V1.Appeal> AnswerAsync(V1.GetAppealRequest request, ServerCallContext context)
    {
        var (id, caller, ct) = (Requests.Id(request.AppealId, "appeal_id"), context.GetCaller(), context.CancellationToken);
        var purpose = PersonalReads.OptionalPurpose(request.Purpose);
        var appeal = (await store.ReadAsync<Appeal>([id], ct))[id];
        context.Require(appeal);
        if (purpose.Length == 0)
            return answers.Of(appeal);
        var (received, showCaller) = (appeal.Received!, appeal.MayKnowCaller(caller));
        Guid[] needed = showCaller ? [received.TextKey, received.Caller.KeyId] : [received.TextKey];
        var keys = await store.RunAsync(async work =>
        {
            PersonalReads.Record(work, caller, showCaller ? "appeal-with-caller" : "appeal", purpose, ReportReads.Of(appeal));
            return await personKeys.LoadMany(work.Connection, work.Transaction, needed, ct);
        }, ct);
        var answer = answers.Of(appeal, text => Open<string>(text, keys) ?? "");
        answer.Words = appeal.IsKeptByReport ? "" : Open<string>(received.Words, keys) ?? "";
        var who = showCaller ? Open<ReporterIdentity>(received.Caller, keys) : null;
        (answer.CallerName, answer.CallerPhone) = (who?.Name ?? "", who?.Phone ?? "");
        return answer;
    }

    private static T? Open<T>(Sealed value, Dictionary<Guid, PersonKey> keys) where T : class =>
        keys.TryGetValue(value.KeyId, out var key) && key.TryUnsealJson<T>(value, out var content) ? content : null;
}

/// <summary>The open appeals of a division that are shown to the caller, a page at a time.</summary>
public sealed class ListAppeals(EventStore store, AppealAnswer answers, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.Appeals> AnswerAsync(V1.ListAppealsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        // Whoever may have one there is answered; which, each appeal says.
        context.Require(division, Tie.Assigned | Tie.Escalated);
        var (size, ct) = (RowPlace.PageSize(request.PageSize), context.CancellationToken);
        var page = await OpenAppeals.PageAsync(store, tree.ValuesWithin(division!.Value), RowPlace.After(request.PageToken), size + 1, ct);
        var appeals = await store.ReadAsync<Appeal>(page.Select(p => p.Id), ct);
        var shown = page.Take(size).Select(p => appeals[p.Id]).Where(a => a.IsOpen && a.Shows(context.GetCaller()));
        return new() { Appeals_ = { shown.Select(a => answers.Of(a)) }, NextPageToken = page.Count > size ? page[size - 1].ToString() : "" };
    }
}
