using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using V1 = LeftBehind.Protos.Reporting.V1;

[assembly: AssemblyFixture(typeof(LeftBehind.Reporting.IntegrationTests.Running.RunningReports))]

namespace LeftBehind.Reporting.IntegrationTests.Running;

/// <summary>The service, and what others tell it over the broker.</summary>
public sealed class RunningReports : IAsyncLifetime
{
    private readonly RealServers servers = new();
    private RunningService? service;

    public V1.Reporting.ReportingClient Client => new(Channel);

    public V1.LiveReports.LiveReportsClient Live => new(Channel);

    public GrpcChannel Channel => service!.Channel;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(
        servers, "reporting", builder => builder.AddReporting(), app => app.MapReporting(), settings: ("Reporting:ReportsASecond", "2"));

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

    /// <summary>A school's refusal, as EducationAttendance tells it.</summary>
    public static PagedEvent Refused(Guid? child, string schoolNo, DateTimeOffset at) => Refused(Guid.NewGuid(), child, schoolNo, at);

    private static PagedEvent Refused(Guid refusal, Guid? child, string schoolNo, DateTimeOffset at) => new(0, Guid.NewGuid(), refusal, 1, refusal, "admission_refused", at, new(2026, 3, 1), null, null,
        JsonSerializer.Serialize(new AdmissionRefused(refusal, null, child, DivisionId.Parse(Places.Village + "@2023"), schoolNo, at), EventTypes.Json));

    /// <summary>That a child's personal data was erased, as it is told.</summary>
    public static PagedEvent Erased(Guid child) => new(0, Guid.NewGuid(), child, 1, child, "personal_data_erased", TimeProvider.System.GetUtcNow(), new(2026, 3, 1), null, null,
        JsonSerializer.Serialize(new PersonalDataErased(child, []), EventTypes.Json));

    /// <inheritdoc cref="RunningService.TellAsync"/>
    public Task TellAsync(IReadOnlyList<PagedEvent> facts, int times = 1, string source = "registry") => service!.TellAsync(source, facts, times);

    /// <summary>Calls as an officer.</summary>
    public CallOptions As(Department department, string division = Places.County, string? account = null, string? organisation = null, TimeSpan? lifetime = null) =>
        service!.As(account ?? $"officer-{division}", department, Role.Officer, division, organisation: organisation, lifetime: lifetime);

    /// <inheritdoc cref="RunningService.ColumnAsync"/>
    public Task<List<string>> ColumnAsync(string sql, params object[] parameters) => service!.ColumnAsync(sql, parameters);

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await servers.DisposeAsync();
    }
}
