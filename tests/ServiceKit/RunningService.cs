using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Servers.Processes;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace LeftBehind.ServiceKit;

/// <summary>A service as it is composed for an installation, in this process, ready, on a database, a virtual host and an issuer of its own.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private const string Issuer = "leftbehind-tests", Audience = "leftbehind";

    private readonly WebApplication app;
    private readonly string schema;
    private readonly LocalIssuer issuer;
    private readonly TestFolder folder;
    private readonly TimeProvider clock;
    private readonly Guid incarnation = Guid.NewGuid();
    private readonly SemaphoreSlim telling = new(1);
    private readonly Dictionary<string, long> told = [];

    private RunningService(WebApplication app, string schema, LocalIssuer issuer, TestFolder folder, TimeProvider clock, Uri grpc, Uri http, KeptLogs logs)
    {
        (this.app, this.schema, this.issuer, this.folder, this.clock, Logs) = (app, schema, issuer, folder, clock, logs);
        (Channel, Http) = (GrpcChannel.ForAddress(grpc), new() { BaseAddress = http });
    }

    public GrpcChannel Channel { get; }

    public HttpClient Http { get; }

    /// <summary>Everything that was logged, as it is written.</summary>
    public KeptLogs Logs { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public T Service<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Composes, migrates and starts a service.</summary>
    /// <param name="servers">Where its database and its virtual host are made.</param>
    /// <param name="schema">Its schema, which is its name as a source.</param>
    /// <param name="add">Composes it.</param>
    /// <param name="map">Maps what it answers.</param>
    /// <param name="clock">Its clock; the system's where nothing else is said.</param>
    /// <param name="settings">Settings beside those that every service has.</param>
    public static async Task<RunningService> StartAsync(RealServers servers, string schema, Action<WebApplicationBuilder> add, Action<WebApplication> map,
        TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var folder = TestFolder.Create();
        var issuer = LocalIssuer.OpenOrCreate(folder.Path, Issuer, Audience);
        var (grpc, http, logs) = (new Uri($"http://127.0.0.1:{FreePorts.Next()}"), new Uri($"http://127.0.0.1:{FreePorts.Next()}"), new KeptLogs());
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(Settings(grpc, http, issuer, await servers.NewDatabaseAsync(schema), await servers.NewVirtualHostAsync()));
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        add(builder);
        if (!builder.Services.Any(s => s.ImplementationInstance is DivisionTree))
            builder.Services.AddSingleton(new DivisionTree(ShippedData.Tree.Unchanged));
        builder.Logging.ClearProviders().AddProvider(logs);
        var app = builder.Build();
        map(app);
        await app.RunServiceAsync(["migrate"]);
        await app.StartAsync();
        var running = new RunningService(app, schema, issuer, folder, clock ?? TimeProvider.System, grpc, http, logs);
        await Eventually.IsAsync(async () => (await running.Http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode, ready => ready, CancellationToken.None);
        return running;
    }

    /// <summary>As the step of a release does.</summary>
    public Task MigrateAsync() => app.RunServiceAsync(["migrate"]);

    public string Token(string account, Department department, Role role, string division, string? source = null, string? organisation = null, TimeSpan? lifetime = null) =>
        issuer.Issue(account, department, role, division, source, organisation: organisation, lifetime: lifetime, now: clock.GetUtcNow());

    /// <summary>Calls as an account.</summary>
    public CallOptions As(string account, Department department, Role role, string division, string? source = null, string? organisation = null, TimeSpan? lifetime = null) =>
        new(new Metadata { { "authorization", "Bearer " + Token(account, department, role, division, source, organisation, lifetime) } }, cancellationToken: Ct);

    /// <summary>Tells facts of another service in one page, <paramref name="times"/> over, and waits until they are taken.</summary>
    public async Task TellAsync(string source, IReadOnlyList<PagedEvent> facts, int times = 1)
    {
        await telling.WaitAsync(Ct);
        try
        {
            var floor = told.GetValueOrDefault(source);
            var page = new EventPage(source, incarnation, floor, told[source] = floor + facts.Count, 1, [.. facts.Select((f, i) => f with { Sequence = floor + 1 + i })]);
            for (var i = 1; i < times; i++)
                await PublishAsync(page);
            await PublishAsync(page);
            await TakenAsync(source, told[source]);
        }
        finally
        {
            telling.Release();
        }
    }

    /// <summary>Sends a page as a relay does, until a queue has it: the first page may come before one is bound.</summary>
    public Task PublishAsync(EventPage page) => Eventually.IsAsync(async () =>
    {
        try
        {
            await Service<IBus>().Publish(page, context =>
            {
                if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                    rabbit.Mandatory = true;
            }, Ct);
            return true;
        }
        catch (MessageReturnedException)
        {
            return false;
        }
    }, taken => taken, Ct);

    /// <summary>Waits until the lane of a source has come to a sequence.</summary>
    public Task TakenAsync(string source, long sequence) =>
        Eventually.IsAsync(() => ColumnAsync($"select watermark::text from {schema}.lane where source = $1", source), w => w is [var at] && at == $"{sequence}", Ct);

    /// <summary>Stored names of the events of one stream, oldest first.</summary>
    public Task<List<string>> EventsOfAsync(string stream) => ColumnAsync($"select type from {schema}.mt_events where stream_id = $1 order by version", Guid.Parse(stream));

    /// <summary>How many events came of a partner's rows.</summary>
    public async Task<int> EventsFromAsync(string source) =>
        int.Parse((await ColumnAsync($"select count(*)::text from {schema}.mt_events where headers->>'source' = $1", source))[0], null);

    /// <summary>One column of text.</summary>
    public async Task<List<string>> ColumnAsync(string sql, params object[] parameters)
    {
        await using var command = Service<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var column = new List<string>();
        while (await reader.ReadAsync(Ct))
            column.Add(reader.GetString(0));
        return column;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
        telling.Dispose();
    }

    private static Dictionary<string, string?> Settings(Uri grpc, Uri http, LocalIssuer issuer, string database, Uri broker) => new()
    {
        ["ConnectionStrings:Store"] = database, ["ConnectionStrings:RabbitMq"] = broker.AbsoluteUri,
        ["Kestrel:Endpoints:Grpc:Url"] = grpc.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
        ["Kestrel:Endpoints:Http:Url"] = http.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Http:Protocols"] = "Http1",
        ["Sealing:MasterKey"] = NewKey(), ["Sealing:IndexKey"] = NewKey(), ["Sealing:RegistryKey"] = NewKey(),
        ["Auth:Issuer"] = Issuer, ["Auth:Audience"] = Audience, ["Auth:KeysFile"] = issuer.KeysFile,
        ["Divisions:File"] = ShippedData.Divisions, ["Calendar:File"] = ShippedData.Workdays,
    };

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
