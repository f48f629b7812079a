using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Matching;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LeftBehind.Registry.IntegrationTests.Running;

/// <summary>Registry with what its tests ask of it.</summary>
public sealed class RunningRegistry(RunningService service) : IAsyncDisposable
{
    public Protos.Registry.V1.Registry.RegistryClient Client { get; } = new(service.Channel);

    public Protos.Registry.V1.Visits.VisitsClient Visits { get; } = new(service.Channel);

    public Protos.Obligations.V1.Obligations.ObligationsClient Duties { get; } = new(service.Channel);

    public HazardScreening.HazardScreeningClient Hazards { get; } = new(service.Channel);

    public Protos.Registry.V1.Care.CareClient Care { get; } = new(service.Channel);

    public Protos.Registry.V1.Erasure.ErasureClient Erasure { get; } = new(service.Channel);

    /// <summary>For calls of any method.</summary>
    public CallInvoker Invoker => Channel.CreateCallInvoker();

    /// <summary>For clients of its other services.</summary>
    public GrpcChannel Channel => service.Channel;

    public HttpClient Http => service.Http;

    /// <inheritdoc cref="RunningService.Logs"/>
    public KeptLogs Logs => service.Logs;

    public NpgsqlDataSource Database => Service<NpgsqlDataSource>();

    public T Service<T>() where T : notnull => service.Service<T>();

    internal static async Task<RunningRegistry> StartAsync(RealServers servers, TimeProvider clock, bool comparing) => new(await RunningService.StartAsync(servers, "registry", builder =>
    {
        builder.AddRegistry();
        if (!comparing)
            builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(MatchingWorker)));
    }, app => app.MapRegistry(), clock));

    public string Token(Department department, Role role, string division, string? source = null) => service.Token("user-7", department, role, division, source);

    /// <summary>Calls as a partner.</summary>
    public CallOptions As(string source, string division) => service.As("user-7", Department.Partner, Role.Partner, division, source);

    /// <summary>Calls as an officer, of civil affairs where nothing else is said.</summary>
    public CallOptions AsOfficer(string division = Places.County, Department department = Department.CivilAffairs) => As(department, Role.Officer, division);

    /// <summary>Calls as an account of its own: of a village the worker, of a town the town's officer.</summary>
    public CallOptions AsAccount(string account, string division, Department department = Department.CivilAffairs) => service.As(account, department, division.Length switch
    {
        12 when department is Department.CivilAffairs => Role.VillageWorker,
        9 when department is Department.CivilAffairs => Role.TownOfficer,
        _ => Role.Officer,
    }, division);

    /// <summary>Calls as anybody.</summary>
    public CallOptions As(Department department, Role role, string division) => service.As("user-7", department, role, division);

    /// <inheritdoc cref="RunningService.MigrateAsync"/>
    public Task MigrateAsync() => service.MigrateAsync();

    /// <inheritdoc cref="RunningService.EventsOfAsync"/>
    public Task<List<string>> EventsOfAsync(string stream) => service.EventsOfAsync(stream);

    /// <inheritdoc cref="RunningService.EventsFromAsync"/>
    public Task<int> EventsFromAsync(string source) => service.EventsFromAsync(source);

    /// <summary>The facts of a file as they left the house last, as JSON.</summary>
    public async Task<System.Text.Json.JsonElement> FactsAsync(string child) => System.Text.Json.JsonDocument.Parse((await ColumnAsync(
        "select (data->'after')::text from registry.mt_events where stream_id = $1 order by version desc limit 1", Guid.Parse(child)))[0]).RootElement;

    /// <inheritdoc cref="RunningService.ColumnAsync"/>
    public Task<List<string>> ColumnAsync(string sql, params object[] parameters) => service.ColumnAsync(sql, parameters);

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
