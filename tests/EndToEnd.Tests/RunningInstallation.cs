using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Servers.Installations;

namespace LeftBehind.EndToEndTests;

/// <summary>An installation of its own for a test class: real servers, real processes, callers with tokens of any kind.</summary>
public sealed class RunningInstallation : IAsyncDisposable
{
    private readonly string folder;
    private readonly Dictionary<string, GrpcChannel> channels = [];

    public required Installation Services { get; init; }

    public static async Task<RunningInstallation> StartAsync(CancellationToken ct, params string[] services)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"leftbehind-e2e-{Guid.NewGuid():N}");
        var plan = new InstallationPlan(folder) { Services = services.Length > 0 ? services : InstallationPlan.AllServices };
        return new(folder) { Services = await Installation.StartAsync(plan, cancellation: ct) };
    }

    private RunningInstallation(string folder) => this.folder = folder;

    public GrpcChannel Channel(string service) =>
        channels.TryGetValue(service, out var channel) ? channel : channels[service] = GrpcChannel.ForAddress(Services[service].Grpc);

    public CallOptions As(Department department, Role role, string division, string? source = null, CancellationToken ct = default) => new(
        new Metadata { { "authorization", "Bearer " + Token(department, role, division, source) } }, cancellationToken: ct);

    public string Token(Department department, Role role, string division, string? source = null) =>
        LocalIssuer.OpenOrCreate(Services.IssuerFolder, Installation.Issuer, Installation.Audience).Issue("test", department, role, division, source);

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in channels.Values)
            channel.Dispose();
        await Services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
