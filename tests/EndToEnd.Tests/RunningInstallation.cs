using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Servers.Installations;

namespace LeftBehind.EndToEndTests;

/// <summary>An installation of its own for a test class: real servers, real processes, callers with tokens of any kind.</summary>
public sealed class RunningInstallation : IAsyncDisposable
{
    private readonly InstallationPlan plan;
    private readonly Dictionary<string, GrpcChannel> channels = [];
    private DateTimeOffset? now;

    private RunningInstallation(InstallationPlan plan, Installation services) => (this.plan, Services) = (plan, services);

    public Installation Services { get; private set; }

    /// <summary>Everything the installation wrote: data of the servers, logs, secrets.</summary>
    public string Folder => plan.Folder;

    /// <summary>The local issuer, whom the services believe.</summary>
    public LocalIssuer Issuer => LocalIssuer.OpenOrCreate(Services.IssuerFolder, Installation.Issuer, Installation.Audience);

    public static Task<RunningInstallation> StartAsync(CancellationToken ct, params string[] services) => StartAsync(new Dictionary<string, string?>(), ct, services);

    public static async Task<RunningInstallation> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct, params string[] services)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"leftbehind-e2e-{Guid.NewGuid():N}");
        var plan = new InstallationPlan(folder) { Services = services.Length > 0 ? services : InstallationPlan.AllServices, Settings = settings };
        return new(plan, await Installation.StartAsync(plan, cancellation: ct));
    }

    /// <summary>All services, on a clock that stands where it is set: at the beginning, and later where <see cref="Now"/> says.</summary>
    public static async Task<RunningInstallation> StartAtAsync(DateTimeOffset begins, CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"leftbehind-e2e-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var settings = new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Clock__File"] = Path.Combine(folder, "clock") };
        var plan = new InstallationPlan(folder) { Settings = settings, Begins = begins };
        Set(plan, begins);
        return new(plan, await Installation.StartAsync(plan, cancellation: ct)) { now = begins };
    }

    /// <summary>The time of all services, where it is set.</summary>
    public DateTimeOffset? Now
    {
        get => now;
        set
        {
            Set(plan, value ?? throw new ArgumentNullException(nameof(value)));
            now = value;
        }
    }

    /// <summary>Stops everything in order and starts it again on the same folder.</summary>
    public async Task StartAgainAsync(CancellationToken ct)
    {
        CloseChannels();
        await Services.DisposeAsync();
        Services = await Installation.StartAsync(plan, cancellation: ct);
    }

    public GrpcChannel Channel(string service) =>
        channels.TryGetValue(service, out var channel) ? channel : channels[service] = GrpcChannel.ForAddress(Services[service].Grpc);

    public CallOptions As(Department department, Role role, string division, string? source = null, CancellationToken ct = default) =>
        With(Token(department, role, division, source), ct);

    public static CallOptions With(string? token, CancellationToken ct = default) =>
        new(token is null ? [] : new Metadata { { "authorization", "Bearer " + token } }, cancellationToken: ct);

    /// <summary>Civil affairs of a division, as whoever has the figures there.</summary>
    public CallOptions Bureau(string division, CancellationToken ct = default) => As(Department.CivilAffairs, division.Length switch
    {
        12 => Role.VillageWorker,
        9 => Role.TownOfficer,
        _ => Role.Officer,
    }, division, ct: ct);

    public CallOptions Operations(CancellationToken ct = default) => As(Department.Platform, Role.Operations, plan.Province, ct: ct);

    /// <summary>A token of an account of its own for each role and division.</summary>
    public string Token(Department department, Role role, string division, string? source = null) =>
        Issuer.Issue($"{ClaimWords.Word(role)}-{division}", department, role, division, source, now: Now);

    public async ValueTask DisposeAsync()
    {
        CloseChannels();
        await Services.DisposeAsync();
        Directory.Delete(plan.Folder, recursive: true);
    }

    /// <summary>One file takes another's place, so that nobody reads half of it.</summary>
    private static void Set(InstallationPlan plan, DateTimeOffset now)
    {
        var file = Path.Combine(plan.Folder, "clock");
        File.WriteAllText($"{file}.next", now.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        File.Move($"{file}.next", file, overwrite: true);
    }

    private void CloseChannels()
    {
        foreach (var channel in channels.Values)
            channel.Dispose();
        channels.Clear();
    }
}
