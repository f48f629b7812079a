using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.Servers.Installations;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.Launcher.Calls;

/// <summary>Calls the services of a local installation, as any caller that the local issuer vouches for.</summary>
internal sealed class LocalCalls(Func<string, Uri> grpcOf, string issuerFolder) : IDisposable
{
    private readonly Dictionary<string, GrpcChannel> channels = [];
    private readonly LocalIssuer issuer = LocalIssuer.OpenOrCreate(issuerFolder, Installation.Issuer, Installation.Audience);

    internal static LocalCalls To(Installation installation) => new(service => installation[service].Grpc, installation.IssuerFolder);

    /// <summary>The installation that runs in a folder.</summary>
    internal static LocalCalls ToRunning(string folder)
    {
        var endpoints = Endpoints.Read(folder);
        return endpoints.Count > 0
            ? new(service => endpoints[service].Grpc, Path.Combine(folder, "secrets"))
            : throw new InvalidOperationException("Nothing runs here; start it with ./lb up.");
    }

    internal PlatformClient Platform => new(Channel("Platform"));

    internal Registry.RegistryClient Registry => new(Channel("Registry"));

    internal EducationAttendance.EducationAttendanceClient Education => new(Channel("EducationAttendance"));

    internal Reporting.ReportingClient Reports => new(Channel("Reporting"));

    internal LiveReports.LiveReportsClient LiveReports => new(Channel("Reporting"));

    internal Lanes.LanesClient Lanes(string service) => new(Channel(service));

    internal string Token(Department department, Role role, string division, string? source = null, TimeSpan? lifetime = null) =>
        issuer.Issue("local", department, role, division, source, lifetime: lifetime);

    internal CallOptions As(Department department, Role role, string division, string? source = null, CancellationToken cancellation = default) =>
        new(new Metadata { { "authorization", "Bearer " + Token(department, role, division, source) } }, cancellationToken: cancellation);

    /// <summary>Civil affairs of a division, as whoever has the figures there.</summary>
    internal CallOptions Bureau(string division, CancellationToken cancellation) => As(Department.CivilAffairs, division.Length switch
    {
        12 => Role.VillageWorker,
        9 => Role.TownOfficer,
        _ => Role.Officer,
    }, division, cancellation: cancellation);

    internal CallOptions Operations(CancellationToken cancellation) => As(Department.Platform, Role.Operations, "43", cancellation: cancellation);

    public void Dispose()
    {
        foreach (var channel in channels.Values)
            channel.Dispose();
    }

    private GrpcChannel Channel(string service) =>
        channels.TryGetValue(service, out var channel) ? channel : channels[service] = GrpcChannel.ForAddress(grpcOf(service));
}
