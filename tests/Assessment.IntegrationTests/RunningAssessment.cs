using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using V1 = LeftBehind.Protos.Assessment.V1;

[assembly: AssemblyFixture(typeof(LeftBehind.Assessment.IntegrationTests.RunningAssessment))]

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>The service, to which pages come over the broker.</summary>
public sealed class RunningAssessment : IAsyncLifetime
{
    private readonly RealServers servers = new();
    private RunningService? service;

    public V1.Assessment.AssessmentClient Client => new(service!.Channel);

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(servers, "assessment", builder => builder.AddAssessment(), app => app.MapAssessment());

    /// <inheritdoc cref="RunningService.PublishAsync"/>
    public Task PublishAsync(EventPage page) => service!.PublishAsync(page);

    /// <inheritdoc cref="RunningService.TakenAsync"/>
    public Task TakenAsync(string source, long sequence) => service!.TakenAsync(source, sequence);

    /// <summary>Calls as an officer of civil affairs.</summary>
    public CallOptions AsOfficer(string division) => service!.As($"officer-{division}", Department.CivilAffairs, Role.Officer, division);

    /// <inheritdoc cref="RunningService.ColumnAsync"/>
    public Task<List<string>> ColumnAsync(string sql, params object[] parameters) => service!.ColumnAsync(sql, parameters);

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await servers.DisposeAsync();
    }
}
