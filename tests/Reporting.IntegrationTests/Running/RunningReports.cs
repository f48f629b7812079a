using System.Security.Cryptography;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Servers.Processes;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using V1 = LeftBehind.Protos.Reporting.V1;

[assembly: AssemblyFixture(typeof(LeftBehind.Reporting.IntegrationTests.Running.RunningReports))]

namespace LeftBehind.Reporting.IntegrationTests.Running;

/// <summary>The service as it is composed for an installation, in this process, on real servers; and what others tell it over the broker.</summary>
public sealed class RunningReports : IAsyncLifetime
{
    private const string Issuer = "leftbehind-tests", Audience = "leftbehind";

    private readonly RealServers servers = new();
    private readonly TestFolder folder = TestFolder.Create();
    private readonly Guid incarnation = Guid.NewGuid();
    private readonly SemaphoreSlim telling = new(1);
    private LocalIssuer? issuer;
    private WebApplication? app;
    private GrpcChannel? channel;
    private readonly Dictionary<string, long> told = [];

    public V1.Reporting.ReportingClient Client => new(Channel);

    public V1.LiveReports.LiveReportsClient Live => new(Channel);

    public GrpcChannel Channel => channel!;

    private NpgsqlDataSource Database => app!.Services.GetRequiredService<NpgsqlDataSource>();

    public async ValueTask InitializeAsync()
    {
        issuer = LocalIssuer.OpenOrCreate(folder.Path, Issuer, Audience);
        var (grpc, http) = (new Uri($"http://127.0.0.1:{FreePorts.Next()}"), new Uri($"http://127.0.0.1:{FreePorts.Next()}"));
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Store"] = await servers.NewDatabaseAsync("reporting"),
            ["ConnectionStrings:RabbitMq"] = (await servers.NewVirtualHostAsync("reporting")).AbsoluteUri,
            ["Kestrel:Endpoints:Grpc:Url"] = grpc.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
            ["Kestrel:Endpoints:Http:Url"] = http.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Http:Protocols"] = "Http1",
            ["Sealing:MasterKey"] = NewKey(), ["Sealing:IndexKey"] = NewKey(),
            ["Reporting:ReportsASecond"] = "2", ["Auth:Issuer"] = Issuer, ["Auth:Audience"] = Audience, ["Auth:KeysFile"] = issuer.KeysFile, ["Divisions:File"] = Places.File,
            ["Calendar:File"] = Path.Combine(Path.GetDirectoryName(Places.File)!, "workdays.json"),
        });
        builder.AddReporting();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapReporting();
        await app.RunServiceAsync(["migrate"]);
        await app.StartAsync();
        channel = GrpcChannel.ForAddress(grpc);
        using var client = new HttpClient();
        await Eventually.IsAsync(async () => (await client.GetAsync(new Uri(http, "/health/ready"))).IsSuccessStatusCode, ready => ready, CancellationToken.None);
    }

    /// <summary>A fact of Registry's rule, as it is told.</summary>
    public static PagedEvent Unattended(Guid child, DateTimeOffset at, Guid? id = null) => new(0, id ?? Guid.NewGuid(), child, 1, child, "unattended_child_detected", at, new(2026, 3, 1), null, null,
        JsonSerializer.Serialize(new UnattendedChildDetected(child, DivisionId.Parse(Places.Village + "@2023"), UnattendedGround.LivingAlone, at), EventTypes.Json));

    /// <summary>In which household a child is, as its file tells it.</summary>
    public static PagedEvent Living(Guid child, Guid household, long version = 1) => new(0, Guid.NewGuid(), child, version, child, "child_recorded", TimeProvider.System.GetUtcNow(), new(2026, 3, 1), null, null,
        JsonSerializer.Serialize(new ChildRecorded(child, ChildChange.Moved, new(
            FileState.Open, DivisionId.Parse(Places.Village + "@2023"), null, Sex.Female, ChildCategory.None, null, CarerKind.NotCollected, false), HouseholdId: household), EventTypes.Json));

    /// <summary>A fact of a school's home visit, as EducationAttendance tells it.</summary>
    public static PagedEvent Missing(Guid pupil, Guid? child, DateTimeOffset at) => new(0, Guid.NewGuid(), Guid.NewGuid(), 3, child ?? pupil, "missing_suspected", at, new(2026, 3, 1), null, null,
        JsonSerializer.Serialize(new MissingSuspected(pupil, child, DivisionId.Parse(Places.Village + "@2023"), at), EventTypes.Json));

    /// <summary>That a child's personal data was erased, as it is told.</summary>
    public static PagedEvent Erased(Guid child) => new(0, Guid.NewGuid(), child, 1, child, "personal_data_erased", TimeProvider.System.GetUtcNow(), new(2026, 3, 1), null, null,
        JsonSerializer.Serialize(new PersonalDataErased(child, []), EventTypes.Json));

    /// <summary>Tells facts in one page, <paramref name="times"/> over, and waits until they are taken.</summary>
    public async Task TellAsync(IReadOnlyList<PagedEvent> facts, int times = 1, string source = "registry")
    {
        var ct = TestContext.Current.CancellationToken;
        await telling.WaitAsync(ct);
        try
        {
            var floor = told.GetValueOrDefault(source);
            var page = new EventPage(source, incarnation, floor, told[source] = floor + facts.Count, 1, [.. facts.Select((f, i) => f with { Sequence = floor + 1 + i })]);
            for (var i = 0; i < times; i++)
                await app!.Services.GetRequiredService<IBus>().Publish(page, ct);
            // The first page may come before the queue is bound. A relay tells it until the broker confirms; told once more it changes nothing.
            await Eventually.IsAsync(async () =>
            {
                await app!.Services.GetRequiredService<IBus>().Publish(page, ct);
                return await ColumnAsync("select watermark::text from reporting.lane where source = $1", source);
            }, w => w is [var at] && at == $"{told[source]}", ct);
        }
        finally
        {
            telling.Release();
        }
    }

    /// <summary>Calls as an officer.</summary>
    public CallOptions As(Department department, string division = Places.County, string? account = null) => new(
        new Metadata { { "authorization", "Bearer " + issuer!.Issue(account ?? $"officer-{division}", department, Role.Officer, division) } },
        cancellationToken: TestContext.Current.CancellationToken);

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

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
