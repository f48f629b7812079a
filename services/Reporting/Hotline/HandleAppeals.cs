using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Hotline;

/// <summary>Ways in of what is done with an appeal: loads it, checks the caller's reach and turn and the version it read, decides, appends.</summary>
public sealed class HandleAppeals(EventStore store, SealedWords words, PersonKeyTable personKeys, AppealDuties duties, AppealAnswer answers, DivisionTree tree, TimeProvider clock)
{
    internal delegate Task<List<object>> Decision(StoreWork work, Appeal appeal, DateTimeOffset now);

    public Task<V1.Appeal> AssignAsync(V1.AssignAppealRequest request, ServerCallContext context)
    {
        var (department, account, at) = (Requests.Word<OwnerDepartment>(request.Department, "department"), Texts.Account(request.Account, "account"), Requests.Time(request.At, "at"));
        var division = request.DivisionCode.Length > 0 ? Requests.Division(tree, request.DivisionCode, clock.GetUtcNow()) ?? throw Requests.Invalid("division_code: unknown") : (DivisionId?)null;
        return RunAsync(request.AppealId, request.ExpectedVersion, at, context, (_, appeal, now) =>
        {
            if (division is { } to && !tree.IsWithin(to, appeal.Holder))
                throw Requests.Invalid("division_code: not the holder's nor below it");
            return Task.FromResult(AssignAppeal.Decide(new(department, division ?? appeal.Holder, account, at, By(context)), appeal, now).ToList());
        });
    }

    public Task<V1.Appeal> TransferAsync(V1.TransferAppealRequest request, ServerCallContext context)
    {
        var (reason, at, now) = (Texts.Prose(request.Reason, "reason", 2, 1000), Requests.Time(request.At, "at"), clock.GetUtcNow());
        var to = Requests.Division(tree, request.ToDivisionCode, now) is { Level: <= DivisionLevel.County } known ? known
            : throw Requests.Invalid("to_division_code: no province, city or county of today's tree");
        var place = request.DivisionCode.Length > 0 ? Requests.Division(tree, request.DivisionCode, now) ?? throw Requests.Invalid("division_code: unknown") : (DivisionId?)null;
        return RunAsync(request.AppealId, request.ExpectedVersion, at, context, async (work, appeal, _) =>
        {
            var receiver = (await work.LoadAsync<HotlineOperator>([HotlineOperator.IdOf(to)], context.CancellationToken))[HotlineOperator.IdOf(to)];
            return [.. TransferAppeal.Decide(new(to, tree.Name(to), place, await SealAsync(work, appeal, reason, context), at, By(context)), appeal, receiver, now)];
        });
    }

    public Task<V1.Appeal> BeginAsync(V1.AppealActRequest request, ServerCallContext context) =>
        ActAsync(request, context, (at, appeal, now) => BeginAppeal.Decide(new(at, By(context)), appeal, now));

    public Task<V1.Appeal> CloseAsync(V1.AppealActRequest request, ServerCallContext context) =>
        ActAsync(request, context, (at, appeal, now) => CloseAppeal.Decide(new(at, By(context)), appeal, now));

    public Task<V1.Appeal> HelpAsync(V1.RecordHelpRequest request, ServerCallContext context)
    {
        var (help, note, at) = (Requests.Word<HotlineHelp>(request.Help, "help"), Texts.Prose(request.Note, "note", 0, 1000), Requests.Time(request.At, "at"));
        return RunAsync(request.AppealId, request.ExpectedVersion, at, context, async (work, appeal, now) =>
            [.. RecordHelp.Decide(new(help, await SealAsync(work, appeal, note, context), at, By(context)), appeal, now)]);
    }

    public Task<V1.Appeal> AnswerAsync(V1.AnswerAppealRequest request, ServerCallContext context)
    {
        var (text, at) = (Texts.Prose(request.Words, "words", 2, 4000), Requests.Time(request.At, "at"));
        return RunAsync(request.AppealId, request.ExpectedVersion, at, context, async (work, appeal, now) =>
            [.. AnswerAppeal.Decide(new(await SealAsync(work, appeal, text, context), at, By(context)), appeal, now)]);
    }

    public Task<V1.Appeal> FollowUpAsync(V1.FollowUpAppealRequest request, ServerCallContext context)
    {
        var (outcome, note, at) = (Requests.Word<FollowUpOutcome>(request.Outcome, "outcome"), Texts.Prose(request.Note, "note", 0, 1000), Requests.Time(request.At, "at"));
        return RunAsync(request.AppealId, request.ExpectedVersion, at, context, async (work, appeal, now) =>
            [.. FollowUpAppeal.Decide(new(outcome, await SealAsync(work, appeal, note, context), at, By(context)), appeal, now)]);
    }

    private Task<V1.Appeal> ActAsync(V1.AppealActRequest request, ServerCallContext context, Func<DateTimeOffset, Appeal, DateTimeOffset, IEnumerable<object>> decide)
    {
        var at = Requests.Time(request.At, "at");
        return RunAsync(request.AppealId, request.ExpectedVersion, at, context, (_, appeal, now) => Task.FromResult(decide(at, appeal, now).ToList()));
    }

    /// <summary>A repeat is answered as it is, whatever version it expects and whoever holds it by now.</summary>
    internal Task<V1.Appeal> RunAsync(string appealId, long expected, DateTimeOffset at, ServerCallContext context, Decision decide)
    {
        var (id, now, ct) = (Requests.Id(appealId, "appeal_id"), clock.GetUtcNow(), context.CancellationToken);
        if (expected < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var appeal = (await work.LoadAsync<Appeal>([id], ct))[id];
            context.Require(appeal);
            List<object> events;
            try
            {
                events = await decide(work, appeal, now);
                if (events.Count > 0)
                    appeal.RequireTurn(context.GetCaller());
            }
            catch (RejectedException) when (appeal.Version != expected)
            {
                throw Moved(appeal);
            }
            if (events.Count == 0)
                return answers.Of(appeal);
            return appeal.Version == expected ? answers.Of(await work.MoveAsync(appeal, events, context.Meta(at), duties, ct)) : throw Moved(appeal);
        }, ct);
    }

    /// <summary>After an erasure no text is kept: what is written then is sealed under a key that nobody keeps, so that the appeal still comes to its end.</summary>
    private Task<Sealed> SealAsync(StoreWork work, Appeal appeal, string text, ServerCallContext context) => appeal.TextsErased
        ? Task.FromResult(personKeys.CreateMany(1)[0].SealJson(""))
        : words.SealAsync(work, appeal.Received!.TextKey, text, context.CancellationToken);

    private static string By(ServerCallContext context) => context.GetCaller().Subject;

    private static RpcException Moved(Appeal appeal) => new(new(StatusCode.Aborted, $"expected_version: the appeal is at {appeal.Version}"));
}
