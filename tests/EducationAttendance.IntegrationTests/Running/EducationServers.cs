using LeftBehind.TestKit;

[assembly: AssemblyFixture(typeof(LeftBehind.EducationAttendance.IntegrationTests.Running.EducationServers))]

namespace LeftBehind.EducationAttendance.IntegrationTests.Running;

/// <summary>Real servers for the whole program; each test has a service with a database and a virtual host of its own.</summary>
public sealed class EducationServers : IAsyncLifetime
{
    private readonly RealServers servers = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public Task<RunningEducation> StartAsync(TimeProvider clock) => RunningEducation.StartAsync(servers, clock);

    public ValueTask DisposeAsync() => servers.DisposeAsync();
}
