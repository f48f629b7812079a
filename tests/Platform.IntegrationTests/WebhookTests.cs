using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Microsoft.Extensions.Hosting;
using static LeftBehind.Platform.IntegrationTests.RunningPlatform;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>A Platform that may deliver to this machine, and soon tries again.</summary>
public sealed class DeliveringPlatform : IAsyncLifetime
{
    private readonly RealServers servers = new();
    private RunningService? service;

    public RunningService Service => service ?? throw new InvalidOperationException("Not started.");

    public Protos.Platform.V1.Webhooks.WebhooksClient Webhooks => new(Service.Channel);

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(servers, "platform", builder =>
    {
        builder.Environment.EnvironmentName = Environments.Development;
        builder.AddPlatform();
    }, app => app.MapPlatform(), null, ("Webhooks:AllowLoopback", "true"), ("Webhooks:FirstRetry", "00:00:00.05"), ("Webhooks:LongestRetry", "00:00:00.2"), ("Webhooks:MostAttempts", "4"),
        ("Webhooks:Timeout", "00:00:01"));

    public CallOptions AsOfficer(string county, Department department = Department.CivilAffairs) => Service.As($"officer-{county}", department, Role.Officer, county);

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await servers.DisposeAsync();
    }
}

/// <summary>The feed as it is brought: signed, in order, nothing lost, parked and visible when it fails. Each test has a county of its own.</summary>
public sealed class WebhookTests(DeliveringPlatform platform) : IClassFixture<DeliveringPlatform>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_in_a_division_is_posted_signed_in_order_and_nothing_is_lost_to_errors_or_a_killed_receiver()
    {
        const string County = "431003", Village = "431003101218", Elsewhere = "431002002200";
        await using var receiver = new Receiver((_, n) => Task.FromResult(n is 2 or 3 or 6 ? 500 : 200));
        await receiver.StartAsync();
        var created = await CreateAsync(County, receiver.Url);
        var facts = Enumerable.Range(1, 250).Select(i => Fact(Guid.NewGuid(), 1, Village)).ToList();
        var ids = facts.Select(f => f.Id.ToString()).ToList();
        await TellAsync([Fact(Guid.NewGuid(), 1, Elsewhere), .. facts[..120]]);
        await TakenAsync(receiver, ids[..120]);
        await receiver.KillAsync();
        await TellAsync(facts[120..]);
        var parked = await Eventually.IsAsync(() => FindAsync(County, created), h => h.State is WebhookState.Parked, Ct);
        Assert.Equal("unreachable", parked.LastStatus);
        await receiver.StartAsync();
        await platform.Webhooks.ResumeWebhookAsync(new() { WebhookId = parked.WebhookId, ExpectedVersion = parked.Version }, platform.AsOfficer(County));
        await TakenAsync(receiver, ids);

        Assert.All(receiver.Came, p => Assert.True(p.IsSignedWith(created.Secret)));
        Assert.All(receiver.Came, p => Assert.StartsWith("application/cloudevents-batch+json", p.ContentType, StringComparison.Ordinal));
        Assert.All(receiver.Came.GroupBy(p => p.Id), attempts => Assert.Single(attempts.Select(a => a.Body).Distinct()));
        Assert.All(receiver.Came, p => Assert.InRange(p.Events.Count, 1, 100));
        var hook = await Eventually.IsAsync(() => FindAsync(County, created), h => h is { LastStatus: "200", FailingSince: "", Attempts: 0 }, Ct);
        Assert.NotEqual("", hook.DeliveredAt);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_what_fails_too_often_is_parked_visible_and_goes_on_when_it_is_resumed()
    {
        const string County = "430921";
        var village = VillageOf(County);
        await using var elsewhere = await new Receiver().StartAsync();
        var healed = false;
        await using var receiver = new Receiver((context, _) =>
        {
            context.Response.Headers.Location = elsewhere.Url;
            return Task.FromResult(healed ? 200 : 307);
        });
        await receiver.StartAsync();
        var created = await CreateAsync(County, receiver.Url);
        var facts = Enumerable.Range(0, 5).Select(_ => Fact(Guid.NewGuid(), 1, village)).ToList();
        await TellAsync(facts);
        var parked = await Eventually.IsAsync(() => FindAsync(County, created), h => h.State is WebhookState.Parked, Ct);
        Assert.Equal(("307", 4, 2L), (parked.LastStatus, parked.Attempts, parked.Version));
        Assert.NotEqual("", parked.FailingSince);
        Assert.Empty(elsewhere.Came);
        Assert.Equal(4, receiver.Came.Count);

        healed = true;
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(() => platform.Webhooks.ResumeWebhookAsync(new() { WebhookId = parked.WebhookId, ExpectedVersion = 1 }, platform.AsOfficer(County)).ResponseAsync));
        var resumed = await platform.Webhooks.ResumeWebhookAsync(new() { WebhookId = parked.WebhookId, ExpectedVersion = parked.Version }, platform.AsOfficer(County));
        Assert.Equal((WebhookState.Active, 3L), (resumed.State, resumed.Version));
        await TakenAsync(receiver, [.. facts.Select(f => f.Id.ToString())]);
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => platform.Webhooks.ResumeWebhookAsync(new() { WebhookId = parked.WebhookId, ExpectedVersion = 3 }, platform.AsOfficer(County)).ResponseAsync));

        var ended = await platform.Webhooks.EndWebhookAsync(new() { WebhookId = parked.WebhookId, ExpectedVersion = 3 }, platform.AsOfficer(County));
        Assert.Equal(ended, await platform.Webhooks.EndWebhookAsync(new() { WebhookId = parked.WebhookId, ExpectedVersion = 3 }, platform.AsOfficer(County)));
        Assert.Empty((await platform.Webhooks.ListWebhooksAsync(new() { DivisionCode = County }, platform.AsOfficer(County))).Webhooks);
    }

    [Fact]
    public async Task A_receiver_that_is_too_slow_fails_and_keeps_no_other_waiting()
    {
        const string County = "430922";
        var village = VillageOf(County);
        await using var slow = new Receiver(async (context, _) =>
        {
            var gone = new TaskCompletionSource();
            await using var asked = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return 200;
        });
        await using var quick = await new Receiver().StartAsync();
        await slow.StartAsync();
        var (hanging, other) = (await CreateAsync(County, slow.Url), await CreateAsync(County, quick.Url));
        var facts = Enumerable.Range(0, 3).Select(_ => Fact(Guid.NewGuid(), 1, village)).ToList();
        await TellAsync(facts);
        await TakenAsync(quick, [.. facts.Select(f => f.Id.ToString())]);
        await Eventually.IsAsync(() => FindAsync(County, hanging), h => h.LastStatus == "timeout", Ct);
        Assert.Equal("200", (await FindAsync(County, other)).LastStatus);
    }

    [Fact]
    public async Task Only_kinds_that_were_asked_for_come_and_only_after_the_cursor()
    {
        const string County = "430923";
        var village = VillageOf(County);
        await using var reports = await new Receiver().StartAsync();
        await using var children = await new Receiver().StartAsync();
        var before = Fact(Guid.NewGuid(), 1, village);
        await TellAsync([before]);
        var cursor = await Eventually.IsAsync(() => CursorAsync(County, before.Id.ToString()), c => c is not null, Ct);
        var after = Fact(Guid.NewGuid(), 1, village);
        await CreateAsync(County, reports.Url, r => r.Kinds.Add("report"));
        await CreateAsync(County, children.Url, r => { r.Kinds.Add("child"); r.Cursor = cursor; });
        await TellAsync([after]);
        await TakenAsync(children, [after.Id.ToString()]);
        Assert.Empty(reports.Came);
    }

    [Fact]
    public async Task A_repeat_answers_the_same_and_the_secret_is_in_no_list_and_stands_sealed()
    {
        const string County = "430981";
        var request = new CreateWebhookRequest { RequestId = $"{Guid.NewGuid()}", DivisionCode = County, Url = "https://changes.example/in" };
        var created = await platform.Webhooks.CreateWebhookAsync(request, platform.AsOfficer(County));
        Assert.Equal(created, await platform.Webhooks.CreateWebhookAsync(request, platform.AsOfficer(County)));
        Assert.StartsWith("whsec_", created.Secret, StringComparison.Ordinal);
        var secret = Convert.FromBase64String(created.Secret["whsec_".Length..]);
        Assert.Equal(["true"], await platform.Service.ColumnAsync("select (position($2 in secret) = 0)::text from platform.webhook where id = $1", Guid.Parse(created.Webhook.WebhookId), secret));
        Assert.DoesNotContain(platform.Service.Logs.Lines, l => l.Contains(created.Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://changes.example/in")]
    [InlineData("https://user:word@changes.example/in")]
    [InlineData("https://10.1.2.3/in")]
    [InlineData("https://[::ffff:192.168.0.1]/in")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://changes.example/13812345678")]
    [InlineData("ftp://changes.example/in")]
    [InlineData("/in")]
    [InlineData("")]
    public async Task An_address_that_must_not_be_reached_is_refused(string url) =>
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => CreateAsync("431021", url)));

    [Fact]
    public async Task A_webhook_is_its_countys_alone()
    {
        const string County = "431022", Next = "431023";
        var created = await CreateAsync(County, "https://changes.example/in");
        var change = new ChangeWebhookRequest { WebhookId = created.Webhook.WebhookId, ExpectedVersion = 1 };
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => platform.Webhooks.EndWebhookAsync(change, platform.AsOfficer(Next)).ResponseAsync));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => CreateAsync(County, "https://changes.example/in", by: platform.AsOfficer(Next))));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => CreateAsync(County, "https://changes.example/in", by: platform.AsOfficer(County, Department.Police))));
        Assert.Empty((await platform.Webhooks.ListWebhooksAsync(new() { DivisionCode = Next }, platform.AsOfficer(Next))).Webhooks);
        foreach (var bad in (Action<CreateWebhookRequest>[])[r => r.RequestId = "1", r => r.Kinds.Add("secret"), r => r.Cursor = "x", r => r.DivisionCode = "4310"])
            Assert.Contains(await RefusedAsync(() => CreateAsync(County, "https://changes.example/in", bad)), (StatusCode[])[StatusCode.InvalidArgument, StatusCode.NotFound]);
    }

    private static string VillageOf(string county) =>
        ShippedData.Tree.Code(ShippedData.Tree.Children(ShippedData.Tree.Children(Contracts.DivisionId.Parse(county + "@2023")).First()).First()).ToString();

    private Task TellAsync(IReadOnlyList<Contracts.PagedEvent> facts) => platform.Service.TellAsync("registry", facts);

    private async Task<CreatedWebhook> CreateAsync(string county, string url, Action<CreateWebhookRequest>? change = null, CallOptions? by = null)
    {
        var request = new CreateWebhookRequest { RequestId = $"{Guid.NewGuid()}", DivisionCode = county, Url = url };
        change?.Invoke(request);
        return await platform.Webhooks.CreateWebhookAsync(request, by ?? platform.AsOfficer(county));
    }

    private async Task<Webhook> FindAsync(string county, CreatedWebhook created) =>
        (await platform.Webhooks.ListWebhooksAsync(new() { DivisionCode = county }, platform.AsOfficer(county))).Webhooks.Single(h => h.WebhookId == created.Webhook.WebhookId);

    /// <summary>What was taken is these events, each once where nothing came twice, in this order.</summary>
    private static Task<List<string>> TakenAsync(Receiver receiver, IReadOnlyList<string> ids) =>
        Eventually.IsAsync(() => Task.FromResult(receiver.Taken.SelectMany(p => p.Events).Distinct().ToList()), taken => taken.SequenceEqual(ids), Ct);

    /// <summary>The cursor behind an event, or null while it is not told.</summary>
    private async Task<string?> CursorAsync(string county, string id)
    {
        using var call = new ChangeFeed.ChangeFeedClient(platform.Service.Channel).ReadChanges(new() { DivisionCode = county }, platform.AsOfficer(county));
        var seen = false;
        while (await call.ResponseStream.MoveNext(Ct))
        {
            seen |= call.ResponseStream.Current.Changes_.Any(c => c.EventId == id);
            if (call.ResponseStream.Current.CaughtUp)
                return seen ? call.ResponseStream.Current.Cursor : null;
        }
        return null;
    }

    private static async Task<StatusCode> RefusedAsync<T>(Func<Task<T>> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
}
