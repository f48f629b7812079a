using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Feed;
using LeftBehind.Sealing;
using Npgsql;

namespace LeftBehind.Platform.Webhooks;

/// <summary>
/// Brings the feed to those who subscribed, each from its own cursor and in order; one replica does, under a lock of its own. The end of a batch is
/// stored before it is sent and the cursor after it was taken, each only from what was read: killed or frozen anywhere, it is sent once more under the same id.
/// </summary>
internal sealed class DeliverWebhooks(
    NpgsqlDataSource database, LeaderLock held, SourceIdentity identity, DivisionTree tree, PersonKeyTable personKeys, SendWebhook send, WebhookRules rules, TimeProvider clock,
    ILogger<DeliverWebhooks> log) : BackgroundService
{
    /// <summary>Changes of one batch at the most; platform default.</summary>
    public const int OfABatch = 100;

    private static readonly TimeSpan AfterAFault = TimeSpan.FromSeconds(5);
    private readonly FeedLog feed = new(database);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var term = await held.TakeAsync($"{PlatformModule.Schema}.webhooks", Leader.Beat, stoppingToken);
                await LeadAsync(term, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Delivers no webhooks ({Error}), asks again", e.GetType().Name);
                await Task.Delay(Leader.Beat, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task LeadAsync(LeaderLock.Term term, CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // A receiver that is slow keeps nobody waiting but itself.
        var running = new Dictionary<Guid, Task>();
        try
        {
            while (true)
            {
                await term.PingAsync(ct);
                foreach (var done in running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList())
                    running.Remove(done);
                foreach (var hook in await WebhookTable.DueAsync(database, clock.GetUtcNow(), ct))
                    if (!running.ContainsKey(hook.Id))
                        running[hook.Id] = RunAsync(hook, ends.Token);
                await Task.Delay(Leader.Beat, ct);
            }
        }
        finally
        {
            await ends.CancelAsync();
            await Task.WhenAll(running.Values);
        }
    }

    private async Task RunAsync(Webhook hook, CancellationToken ct)
    {
        try
        {
            for (var next = hook; next is not null;)
                next = await DeliverAsync(next, ct);
        }
        catch (Exception e)
        {
            if (ct.IsCancellationRequested)
                return;
            log.LogWarning("Webhook {Webhook} failed ({Error}); it is looked at again", hook.Id, e.GetType().Name);
            await Task.Delay(AfterAFault, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes one webhook one step on; answered is the webhook when there may be another.</summary>
    private async Task<Webhook?> DeliverAsync(Webhook hook, CancellationToken ct)
    {
        if (hook.At.Incarnation != await identity.IncarnationAsync(ct))
            return await SettleAsync(hook, hook.Failed(new(false, "anotherStore", IsFinal: true), clock.GetUtcNow(), rules), ct);
        var today = tree.AsOf(WorkCalendar.DayOf(clock.GetUtcNow()));
        var caller = new Caller(hook.For.Account, hook.For.Department, hook.For.Role, hook.For.Division, today);
        if (!caller.Sees(hook.Division))
            return await SettleAsync(hook, hook.Failed(new(false, "outOfReach", IsFinal: true), clock.GetUtcNow(), rules), ct);
        var (to, facts) = await feed.SinceAsync(hook.At.Sequence, tree.ValuesWithin(hook.Division), ct, OfABatch, hook.SendingTo);
        if (to == hook.At.Sequence)
            return null;
        if (WebhookBody.Of(facts, hook.Kinds, caller, today) is not { } body)
            return await SettleAsync(hook, hook.Passed(to), ct);
        var sending = hook with { SendingTo = to };
        if (hook.SendingTo is null && !await WebhookTable.MoveAsync(database, hook, sending, ct))
            return null;
        var attempt = await send.PostAsync(hook.Url, hook.MessageId(to), await SecretAsync(hook, ct), body, ct);
        return await SettleAsync(sending, attempt.Taken ? sending.Delivered(to, attempt.Status, clock.GetUtcNow()) : sending.Failed(attempt, clock.GetUtcNow(), rules), ct);
    }

    private async Task<Webhook?> SettleAsync(Webhook before, Webhook after, CancellationToken ct)
    {
        if (after.State is WebhookState.Parked)
            log.LogWarning("Webhook {Webhook} is parked after {Attempts} attempts: {Status}", after.Id, after.Attempts, after.LastStatus);
        return await WebhookTable.MoveAsync(database, before, after, ct) && after.State is WebhookState.Active && after.Attempts == 0 ? after : null;
    }

    private async Task<byte[]> SecretAsync(Webhook hook, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var key = (await personKeys.LoadMany(connection, null, [hook.KeyId], ct)).GetValueOrDefault(hook.KeyId);
        return key is not null && key.TryUnseal(hook.Secret, out var secret) ? secret : throw new SealingException("The secret of a webhook cannot be opened.");
    }
}
