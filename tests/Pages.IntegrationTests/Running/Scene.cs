using LeftBehind.Contracts;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Lane = LeftBehind.Pages.Lane;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>A teller's and a listener's database, the services that run on them, and what the test says and hears.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<WebApplication> running = [];
    private readonly CancellationToken ct;

    private Scene(Uri broker, string teller, string listener, Bystander bystander, CancellationToken ct)
    {
        (Broker, Bystander, this.ct) = (broker, bystander, ct);
        TellerSettings = Settings.For(teller, broker);
        ListenerSettings = Settings.For(listener, broker, TellerSettings.Grpc);
        (Told, Heard) = (new(teller, ct), new(listener, Listener.Schema, ct));
    }

    public Uri Broker { get; }

    public Bystander Bystander { get; }

    public Settings TellerSettings { get; set; }

    public Settings ListenerSettings { get; }

    public Telling Told { get; private set; }

    public Hearing Heard { get; }

    public Troubles Troubles { get; } = new();

    public CapturedLogs Logs { get; } = new();

    public static async Task<Scene> OpenAsync(TestServers servers, CancellationToken ct, bool echo = false)
    {
        var bystander = await Bystander.ListenAsync(servers.Broker, ct, echo);
        await bystander.EmptyQueueAsync(Listener.Queue());
        return new(servers.Broker, await servers.NewAsync(Teller.Schema, ct), await servers.NewAsync(Listener.Schema, ct), bystander, ct);
    }

    public static async Task<Scene> OpenAsync(Uri broker, string teller, string listener, CancellationToken ct) =>
        new(broker, teller, listener, await Bystander.ListenAsync(broker, ct), ct);

    public Task<WebApplication> StartTellerAsync(int version = 1) =>
        StartAsync(Teller.Build(TellerSettings.With("Relay:Version", $"{version}"), Logs));

    public Task<WebApplication> StartListenerAsync() =>
        StartAsync(Listener.Build(Listener.Schema, ListenerSettings, Troubles, Logs));

    public async Task<WebApplication> StartAsync(WebApplication app)
    {
        running.Add(app);
        await app.StartAsync(ct);
        return app;
    }

    /// <summary>Waits until a listener has pulled what there was before it: from now on it hears by its queue alone.</summary>
    public async Task HasCaughtUpAsync(WebApplication listener) =>
        await listener.Services.GetServices<IHostedService>().OfType<LaneCatchUp>().Single().ExecuteTask!.WaitAsync(ct);

    public async Task StopAsync(WebApplication app)
    {
        running.Remove(app);
        await EndAsync(app);
    }

    /// <summary>From now on the teller's store is another database.</summary>
    public async Task UseTellerStoreAsync(string database)
    {
        await Told.DisposeAsync();
        (Told, TellerSettings) = (new(database, ct), TellerSettings.With("ConnectionStrings:Store", database));
    }

    /// <summary>The listener's lane without a bus: the test hands it the pages, the teller's own rpc replays them.</summary>
    public Lane Lane()
    {
        var channel = Settings.Channel(TellerSettings.Grpc, Access.Role.Service);
        return new(Heard.Store, new KeepNotes(Troubles), new GrpcPageSource(_ => new Source.SourceClient(channel)), new LoggerFactory([Logs]).CreateLogger<Lane>());
    }

    /// <summary>A page of the teller's log, cut by hand.</summary>
    public async Task<EventPage> CutAsync(long floor, long ceiling, int version = 1, Guid? incarnation = null)
    {
        var relay = new TellThings(new ConfigurationBuilder().AddInMemoryCollection([new("Relay:Version", $"{version}")]).Build());
        return new PageWriter(Teller.Schema, relay, TellThings.Facts)
            .Cut(incarnation ?? await Told.IncarnationAsync(), floor, ceiling, await Told.EventsAsync(floor, ceiling)).Single();
    }

    /// <summary>Counts a thing up to a number, and waits until the teller would replay all of it.</summary>
    public async Task TellSafelyAsync(Guid thing, int upTo)
    {
        await Told.CountAsync(thing, [.. Enumerable.Range(1, upTo)]);
        await Told.IsSafeAsync();
    }

    /// <summary>Waits until the listener has heard all that is told, and compares: every fact once, in order.</summary>
    public async Task EverythingIsHeardOnceAsync(int version = 1)
    {
        var told = await Told.FactsAsync(version);
        var heard = await Eventually.IsAsync(() => Heard.FactsAsync(), heard => heard.Count >= told.Count, ct);
        Xunit.Assert.Equal(told, heard);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in running)
            await EndAsync(app);
        await Told.DisposeAsync();
        await Heard.DisposeAsync();
        await Bystander.DisposeAsync();
    }
    private static async Task EndAsync(WebApplication app)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}
