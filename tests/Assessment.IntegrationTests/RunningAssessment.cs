using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Contracts;
using LeftBehind.Servers.Processes;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using V1 = LeftBehind.Protos.Assessment.V1;

[assembly: AssemblyFixture(typeof(LeftBehind.Assessment.IntegrationTests.RunningAssessment))]

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>The service as it is composed for an installation, in this process, on real servers; pages reach it over the broker.</summary>
public sealed class RunningAssessment : IAsyncLifetime
{
    private const string Issuer = "leftbehind-tests", Audience = "leftbehind";

    private readonly RealServers servers = new();
    private readonly TestFolder folder = TestFolder.Create();
    private LocalIssuer? issuer;
    private WebApplication? app;
    private GrpcChannel? channel;

    public V1.Assessment.AssessmentClient Client => new(channel!);

    public V1.Instruments.InstrumentsClient Instruments => new(channel!);

    public V1.Plans.PlansClient Plans => new(channel!);

    public V1.ServiceDirectory.ServiceDirectoryClient Directory => new(channel!);

    public T Service<T>() where T : notnull => app!.Services.GetRequiredService<T>();

    /// <summary>As the step of a release does.</summary>
    public Task MigrateAsync() => app!.RunServiceAsync(["migrate"]);

    public async ValueTask InitializeAsync()
    {
        issuer = LocalIssuer.OpenOrCreate(folder.Path, Issuer, Audience);
        var (grpc, http) = (new Uri($"http://127.0.0.1:{FreePorts.Next()}"), new Uri($"http://127.0.0.1:{FreePorts.Next()}"));
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Store"] = await servers.NewDatabaseAsync("assessment"),
            ["ConnectionStrings:RabbitMq"] = (await servers.NewVirtualHostAsync("assessment")).AbsoluteUri,
            ["Kestrel:Endpoints:Grpc:Url"] = grpc.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
            ["Kestrel:Endpoints:Http:Url"] = http.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Http:Protocols"] = "Http1",
            ["Auth:Issuer"] = Issuer, ["Auth:Audience"] = Audience, ["Auth:KeysFile"] = issuer.KeysFile,
            ["Divisions:File"] = Path.Combine(AppContext.BaseDirectory, "divisions-2023.csv.gz"), ["Calendar:File"] = Path.Combine(AppContext.BaseDirectory, "workdays.json"),
        });
        builder.AddAssessment();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapAssessment();
        await app.RunServiceAsync(["migrate"]);
        await app.StartAsync();
        channel = GrpcChannel.ForAddress(grpc);
        using var client = new HttpClient();
        await Eventually.IsAsync(async () => (await client.GetAsync(new Uri(http, "/health/ready"))).IsSuccessStatusCode, ready => ready, CancellationToken.None);
    }

    /// <summary>As a relay does, until a queue has it: the first page may come before one is bound.</summary>
    public Task PublishAsync(EventPage page) => Eventually.IsAsync(async () =>
    {
        try
        {
            await app!.Services.GetRequiredService<IBus>().Publish(page, context =>
            {
                if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                    rabbit.Mandatory = true;
            }, TestContext.Current.CancellationToken);
            return true;
        }
        catch (MessageReturnedException)
        {
            return false;
        }
    }, taken => taken, TestContext.Current.CancellationToken);

    /// <summary>Waits until the lane of a source has come to a sequence.</summary>
    public Task TakenAsync(string source, long sequence) => Eventually.IsAsync(
        () => ColumnAsync("select watermark::text from assessment.lane where source = $1", source), w => w is [var at] && at == $"{sequence}", TestContext.Current.CancellationToken);

    /// <summary>Calls as an officer of civil affairs, with an account for each division unless another is named.</summary>
    public CallOptions AsOfficer(string division, string? account = null) => new(
        new Metadata { { "authorization", "Bearer " + issuer!.Issue(account ?? $"officer-{division}", Department.CivilAffairs, Role.Officer, division) } },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>One column of text.</summary>
    public async Task<List<string>> ColumnAsync(string sql, params object[] parameters)
    {
        await using var command = app!.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
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
    }
}
