using System.Text.Json;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using V1 = LeftBehind.Protos.Guardianship.V1;

[assembly: AssemblyFixture(typeof(LeftBehind.GuardianshipIntervention.IntegrationTests.Running.RunningCases))]

// One clock for all, which goes forward only: what one test waits for must not come while another looks.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LeftBehind.GuardianshipIntervention.IntegrationTests.Running;

/// <summary>The service, at an hour of its own, and what Registry tells it over the broker.</summary>
public sealed class RunningCases : IAsyncLifetime
{
    private readonly RealServers servers = new();
    private RunningService? service;

    /// <summary>The hour at which everything happens; it goes forward only.</summary>
    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 9, 1, 1, 0, 0, TimeSpan.Zero));

    public V1.GuardianshipIntervention.GuardianshipInterventionClient Client => new(service!.Channel);

    public V1.Court.CourtClient Court => new(service!.Channel);

    public Protos.Obligations.V1.Obligations.ObligationsClient Obligations => new(service!.Channel);

    public Protos.Reads.V1.PersonalReads.PersonalReadsClient Reads => new(service!.Channel);

    public Protos.Operations.V1.Source.SourceClient Source => new(service!.Channel);

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(
        servers, "guardianship", builder => builder.AddGuardianshipIntervention(), app => app.MapGuardianshipIntervention(), Clock);

    /// <summary>Tells facts of children's files as Registry does, one page after the other, and waits until they are taken.</summary>
    public Task TellAsync(params (Guid Child, long Version, string Village)[] files) =>
        TellAsync([.. files.Select(f => (f.Child, f.Version, "child_recorded", (object)new ChildRecorded(f.Child, ChildChange.Moved, new(
            FileState.Open, DivisionId.Parse(f.Village + "@2023"), new(2016, 5, 1), Sex.Female, ChildCategory.None, null, CarerKind.NotCollected, false))))]);

    /// <summary>Tells whether a child's care is entrusted.</summary>
    public Task TellCareAsync(params (Guid Child, long Version, Entrustment Entrusted)[] cares) =>
        TellAsync([.. cares.Select(c => (c.Child, c.Version, "care_recorded", (object)new CareRecorded(Guid.NewGuid(), c.Child, CareChange.Entrusted, new(
            c.Entrusted, false, false, ParentContact.NotCollected, false))))]);

    /// <summary>Tells any facts about children.</summary>
    public async Task TellAsync(params (Guid Child, long Version, string Type, object Fact)[] about)
    {
        await service!.TellAsync("registry", [.. about.Select(f => new PagedEvent(
            0, Guid.NewGuid(), f.Child, f.Version, f.Child, f.Type, DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, JsonSerializer.Serialize(f.Fact, EventTypes.Json)))]);
        Assert.Empty(await ColumnAsync("select type || ': ' || error from guardianship.parked_event"));
    }

    /// <summary>Calls as an officer of civil affairs.</summary>
    public CallOptions AsOfficer(string division) => As(Department.CivilAffairs, $"officer-{division}", division);

    /// <summary>Calls as an account of a department.</summary>
    public CallOptions As(Department department, string account, string division = Places.County, Role role = Role.Officer) => service!.As(account, department, role, division);

    /// <summary>So much time passes; the clock brings what it brings.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await service!.Service<ObligationSweep>().SweepAsync(TestContext.Current.CancellationToken);
        await service.Service<Court.LapseOrders>().SweepAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc cref="RunningService.ColumnAsync"/>
    public Task<List<string>> ColumnAsync(string sql, params object[] parameters) => service!.ColumnAsync(sql, parameters);

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
        await servers.DisposeAsync();
    }
}
