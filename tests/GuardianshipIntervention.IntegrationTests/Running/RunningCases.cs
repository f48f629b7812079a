using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Servers.Processes;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using V1 = LeftBehind.Protos.Guardianship.V1;

[assembly: AssemblyFixture(typeof(LeftBehind.GuardianshipIntervention.IntegrationTests.Running.RunningCases))]

// One clock for all, which goes forward only: what one test waits for must not come while another looks.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LeftBehind.GuardianshipIntervention.IntegrationTests.Running;

/// <summary>The service as it is composed for an installation, in this process, on real servers; and what Registry tells it over the broker.</summary>
public sealed class RunningCases : IAsyncLifetime
{
    private const string Issuer = "leftbehind-tests", Audience = "leftbehind";

    private readonly RealServers servers = new();
    private readonly TestFolder folder = TestFolder.Create();
    private readonly Guid incarnation = Guid.NewGuid();
    private readonly SemaphoreSlim telling = new(1);
    private LocalIssuer? issuer;
    private WebApplication? app;
    private GrpcChannel? channel;
    private long told;

    /// <summary>The hour at which everything happens; it goes forward only.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 9, 1, 1, 0, 0, TimeSpan.Zero));

    public V1.GuardianshipIntervention.GuardianshipInterventionClient Client => new(channel!);

    public V1.Court.CourtClient Court => new(channel!);

    public Protos.Obligations.V1.Obligations.ObligationsClient Obligations => new(channel!);

    public Protos.Operations.V1.Source.SourceClient Source => new(channel!);

    private NpgsqlDataSource Database => app!.Services.GetRequiredService<NpgsqlDataSource>();

    public async ValueTask InitializeAsync()
    {
        issuer = LocalIssuer.OpenOrCreate(folder.Path, Issuer, Audience);
        var (grpc, http) = (new Uri($"http://127.0.0.1:{FreePorts.Next()}"), new Uri($"http://127.0.0.1:{FreePorts.Next()}"));
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Store"] = await servers.NewDatabaseAsync("guardianship"),
            ["ConnectionStrings:RabbitMq"] = (await servers.NewVirtualHostAsync("guardianship")).AbsoluteUri,
            ["Kestrel:Endpoints:Grpc:Url"] = grpc.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
            ["Kestrel:Endpoints:Http:Url"] = http.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Http:Protocols"] = "Http1",
            ["Auth:Issuer"] = Issuer, ["Auth:Audience"] = Audience, ["Auth:KeysFile"] = issuer.KeysFile, ["Divisions:File"] = Places.File, ["Calendar:File"] = Path.Combine(Path.GetDirectoryName(Places.File)!, "workdays.json"),
            ["Sealing:MasterKey"] = NewKey(), ["Sealing:IndexKey"] = NewKey(),
        });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddGuardianshipIntervention();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGuardianshipIntervention();
        await app.RunServiceAsync(["migrate"]);
        await app.StartAsync();
        channel = GrpcChannel.ForAddress(grpc);
        using var client = new HttpClient();
        await Eventually.IsAsync(async () => (await client.GetAsync(new Uri(http, "/health/ready"))).IsSuccessStatusCode, ready => ready, CancellationToken.None);
    }

    /// <summary>Tells facts of children's files as Registry does, one page after the other, and waits until they are taken.</summary>
    public Task TellAsync(params (Guid Child, long Version, string Village)[] files) =>
        TellAsync([.. files.Select(f => (f.Child, f.Version, "child_recorded", (object)new ChildRecorded(f.Child, ChildChange.Moved, new(
            FileState.Open, DivisionId.Parse(f.Village + "@2023"), new(2016, 5, 1), Sex.Female, ChildCategory.None, null, CarerKind.NotCollected, false))))]);

    /// <summary>Tells whether a child's care is entrusted.</summary>
    public Task TellCareAsync(params (Guid Child, long Version, Entrustment Entrusted)[] cares) =>
        TellAsync([.. cares.Select(c => (c.Child, c.Version, "care_recorded", (object)new CareRecorded(Guid.NewGuid(), c.Child, CareChange.Entrusted, new(
            c.Entrusted, false, false, ParentContact.NotCollected, false))))]);

    /// <summary>Tells any facts about children.</summary>
    public async Task TellAsync(params (Guid Child, long Version, string Type, object Fact)[] about)
    {
        var ct = TestContext.Current.CancellationToken;
        await telling.WaitAsync(ct);
        try
        {
            var floor = told;
            var facts = about.Select(f => new PagedEvent(++told, Guid.NewGuid(), f.Child, f.Version, f.Child, f.Type, DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null,
                JsonSerializer.Serialize(f.Fact, EventTypes.Json))).ToList();
            // The first page may come before the queue is bound. A relay tells it until the broker confirms; told once more it changes nothing.
            await Eventually.IsAsync(async () =>
            {
                await app!.Services.GetRequiredService<IBus>().Publish(new EventPage("registry", incarnation, floor, told, 1, facts), ct);
                return await ColumnAsync("select watermark::text from guardianship.lane where source = 'registry'");
            }, w => w is [var at] && at == $"{told}", ct);
            Assert.Empty(await ColumnAsync("select type || ': ' || error from guardianship.parked_event"));
        }
        finally
        {
            telling.Release();
        }
    }

    /// <summary>Calls as an officer of civil affairs.</summary>
    public CallOptions AsOfficer(string division) => As(Department.CivilAffairs, $"officer-{division}", division);

    /// <summary>Calls as an account of a department.</summary>
    public CallOptions As(Department department, string account, string division = Places.County, Role role = Role.Officer) => new(
        new Metadata { { "authorization", "Bearer " + issuer!.Issue(account, department, role, division, now: Clock.GetUtcNow()) } },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>So much time passes; the clock brings what it brings.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await app!.Services.GetRequiredService<ObligationSweep>().SweepAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<Court.LapseOrders>().SweepAsync(TestContext.Current.CancellationToken);
    }

    private static string NewKey() => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    /// <summary>One column of text.</summary>
    public async Task<List<string>> ColumnAsync(string sql, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var column = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            column.Add(reader.GetString(0));
        return column;
    }

    public async ValueTask DisposeAsync()
    {
        channel?.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        await servers.DisposeAsync();
        folder.Dispose();
        telling.Dispose();
    }
}
