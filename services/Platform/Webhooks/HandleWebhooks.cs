using System.Security.Cryptography;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using LeftBehind.Sealing;
using Npgsql;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Webhooks;

/// <summary>Subscribes, lists, resumes and ends webhooks for the county that they are of.</summary>
internal sealed class HandleWebhooks(
    EventStore store, NpgsqlDataSource database, SourceIdentity identity, DivisionTree tree, PersonKeyTable personKeys, WebhookRules rules, TimeProvider clock)
{
    private const int MostOfACounty = 20;
    private static readonly string[] AllKinds = [.. Enum.GetNames<SubjectKind>().Select(k => k.ToLowerInvariant())];

    public async Task<V1.CreatedWebhook> CreateAsync(V1.CreateWebhookRequest request, ServerCallContext context)
    {
        var (now, caller, ct) = (clock.GetUtcNow(), context.GetCaller(), context.CancellationToken);
        var id = CallMeta.StreamOf("webhook", caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var division = Requests.Division(tree, request.DivisionCode, now);
        context.Require(division);
        var url = WebhookUrl.Read(request.Url, rules);
        if (request.Kinds.FirstOrDefault(k => !AllKinds.Contains(k)) is not null)
            throw Requests.Invalid("kinds: unknown");
        var at = await BeginAsync(request.Cursor, ct);
        var mine = new Subscriber(caller.Subject, caller.Department, caller.Role, caller.Division);
        return await store.RunAsync(async work =>
        {
            if (await WebhookTable.FindAsync(database, id, ct) is { } before)
                return new V1.CreatedWebhook { Webhook = Shown(before), Secret = before.DeliveredAt is null ? await SecretAsync(work, before, ct) : "" };
            if ((await WebhookTable.PageAsync(database, mine, tree.ValuesWithin(caller.Division), RowPlace.AfterTime(""), MostOfACounty, ct)).Count == MostOfACounty)
                throw new RejectedException($"{MostOfACounty} webhooks run in the county already.");
            var (key, secret) = (personKeys.CreateMany(1)[0], RandomNumberGenerator.GetBytes(WebhookSignature.SecretSize));
            await personKeys.Insert(work.Connection, work.Transaction, [key], ct);
            var hook = new Webhook(id, mine, division!.Value, url.AbsoluteUri, [.. request.Kinds.Distinct().Order(StringComparer.Ordinal)], key.KeyId, key.Seal(secret), now) { At = at, NextAt = now };
            WebhookTable.Add(work, hook);
            return new() { Webhook = Shown(hook), Secret = WebhookSignature.Shown(secret) };
        }, ct);
    }

    public async Task<V1.ListedWebhooks> ListAsync(V1.ListWebhooksRequest request, ServerCallContext context)
    {
        var (division, caller) = (Requests.Division(tree, request.DivisionCode, clock.GetUtcNow()), context.GetCaller());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        var page = await WebhookTable.PageAsync(database, new(caller.Subject, caller.Department, caller.Role, caller.Division), tree.ValuesWithin(division!.Value),
            RowPlace.AfterTime(request.PageToken), size + 1, context.CancellationToken);
        return new()
        {
            Webhooks = { page.Take(size).Select(Shown) },
            NextPageToken = page.Count > size ? RowPlace.Of(page[size - 1].CreatedAt, page[size - 1].Id).ToString() : "",
        };
    }

    public async Task<V1.Webhook> ResumeAsync(V1.ChangeWebhookRequest request, ServerCallContext context)
    {
        var incarnation = await identity.IncarnationAsync(context.CancellationToken);
        return await ChangeAsync(request, context, hook => hook.Resumed(incarnation, clock.GetUtcNow()));
    }

    public Task<V1.Webhook> EndAsync(V1.ChangeWebhookRequest request, ServerCallContext context) => ChangeAsync(request, context, hook => hook.Ended());

    /// <summary>The writer of the log waits for nobody but a row: a delivery in flight moves the row on, and the change is asked of what it is then.</summary>
    private async Task<V1.Webhook> ChangeAsync(V1.ChangeWebhookRequest request, ServerCallContext context, Func<Webhook, Webhook> change)
    {
        var (id, ct) = (Requests.Id(request.WebhookId, "webhook_id"), context.CancellationToken);
        while (true)
        {
            var hook = await WebhookTable.FindAsync(database, id, ct);
            context.Require(hook is not null && IsOf(hook, context.GetCaller()) ? hook.Division : null);
            var changed = change(hook!);
            if (changed != hook && hook!.Version != request.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the webhook is at version {hook.Version}"));
            if (changed != hook && !await WebhookTable.MoveAsync(database, hook!, changed, ct))
                continue;
            // Also of one that ended before: whoever ended it may have been killed here.
            if (changed.State is WebhookState.Ended)
                await ForgetAsync(changed, ct);
            return Shown(changed);
        }
    }

    private static bool IsOf(Webhook hook, Caller caller) => (hook.For.Department, hook.For.Division) == (caller.Department, caller.Division);

    private async Task<LogCursor> BeginAsync(string cursor, CancellationToken ct)
    {
        var incarnation = await identity.IncarnationAsync(ct);
        if (cursor.Length > 0)
            return LogCursor.Read(cursor, incarnation);
        await using var connection = await database.OpenConnectionAsync(ct);
        return new(incarnation, await FiguresProjection.StandsAsync(connection, null, ct));
    }

    private async Task<string> SecretAsync(StoreWork work, Webhook hook, CancellationToken ct) =>
        (await personKeys.LoadMany(work.Connection, work.Transaction, [hook.KeyId], ct)).GetValueOrDefault(hook.KeyId) is { } key && key.TryUnseal(hook.Secret, out var secret)
            ? WebhookSignature.Shown(secret) : "";

    private async Task ForgetAsync(Webhook hook, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await personKeys.Destroy(connection, null, [hook.KeyId], ct);
    }

    private V1.Webhook Shown(Webhook hook) => new()
    {
        WebhookId = hook.Id.ToString(), Version = hook.Version, State = (V1.WebhookState)hook.State, DivisionCode = tree.Code(hook.Division).ToString(), Url = hook.Url,
        Kinds = { hook.Kinds }, LastStatus = hook.LastStatus, FailingSince = Requests.Written(hook.FailingSince), Attempts = hook.Attempts, DeliveredAt = Requests.Written(hook.DeliveredAt),
    };
}
