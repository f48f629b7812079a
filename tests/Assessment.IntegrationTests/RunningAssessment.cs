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

    public V1.Instruments.InstrumentsClient Instruments => new(service!.Channel);

    public V1.Plans.PlansClient Plans => new(service!.Channel);

    public V1.ServiceDirectory.ServiceDirectoryClient Directory => new(service!.Channel);

    public T Service<T>() where T : notnull => service!.Service<T>();

    /// <inheritdoc cref="RunningService.MigrateAsync"/>
    public Task MigrateAsync() => service!.MigrateAsync();

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(servers, "assessment", builder => builder.AddAssessment(), app => app.MapAssessment());

    /// <inheritdoc cref="RunningService.PublishAsync"/>
    public Task PublishAsync(EventPage page) => service!.PublishAsync(page);

    /// <inheritdoc cref="RunningService.TakenAsync"/>
    public Task TakenAsync(string source, long sequence) => service!.TakenAsync(source, sequence);

    /// <summary>Calls as an officer of civil affairs, with an account for each division unless another is named.</summary>
    public CallOptions AsOfficer(string division, string? account = null) => service!.As(account ?? $"officer-{division}", Department.CivilAffairs, Role.Officer, division);

    /// <inheritdoc cref="RunningService.ColumnAsync"/>
    public Task<List<string>> ColumnAsync(string sql, params object[] parameters) => service!.ColumnAsync(sql, parameters);

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await servers.DisposeAsync();
    }
}
