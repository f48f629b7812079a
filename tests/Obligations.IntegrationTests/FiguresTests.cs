using System.Text.Json;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform;
using LeftBehind.Platform.Subjects;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;

namespace LeftBehind.Obligations.IntegrationTests;

/// <summary>What Platform makes of obligations as a service tells them: figures, lists, timelines.</summary>
public sealed class FiguresTests(RealServers servers)
{
    private static readonly DivisionId County = DivisionId.Parse("431003@2023");
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Duties_are_counted_where_they_are_owed_listed_by_right_and_told_on_both_timelines()
    {
        await using var app = await PlatformAsync();
        var (mine, towns, reports, child) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var store = app.Services.GetRequiredService<EventStore>();
        await TakeAsync(store, "registry",
            (child, new ChildRecorded(child, ChildChange.Opened, new(FileState.Open, Duties.Village, null, Sex.Female, ChildCategory.None, null, CarerKind.NotCollected, false))),
            (mine, Told(mine, Duties.Village, ObligationChange.Opened, ObligationState.Open)), (mine, Told(mine, Duties.Village, ObligationChange.Breached, ObligationState.Breached)),
            (child, Told(mine, Duties.Village, ObligationChange.Breached, ObligationState.Breached)),
            (towns, Told(towns, Duties.Town, ObligationChange.Escalated, ObligationState.Breached)));
        await TakeAsync(store, "reporting", (reports, Told(reports, Duties.Village, ObligationChange.Waived, ObligationState.Waived)));
        await FoldAsync(app);

        Assert.Equal(new() { ["obligation.total.all"] = 2, ["obligation.state.overdue"] = 1, ["obligation.state.waived"] = 1, ["onFile.total.all"] = 1, ["obligation.owner.civilAffairs"] = 2, ["obligation.late.civilAffairs"] = 1, ["obligation.late.none"] = 1 }, await FiguresAsync(app, Duties.Village));
        foreach (var above in new[] { Duties.Town, County, DivisionId.Parse("43@2023") })
            Assert.Equal(new() { ["obligation.total.all"] = 3, ["obligation.state.overdue"] = 2, ["obligation.state.waived"] = 1, ["onFile.total.all"] = 1, ["obligation.owner.civilAffairs"] = 3, ["obligation.late.civilAffairs"] = 2, ["obligation.late.none"] = 1 }, await FiguresAsync(app, above));

        var tree = app.Services.GetRequiredService<DivisionTree>();
        var (village, town) = (new Caller("u", Department.CivilAffairs, Role.VillageWorker, Duties.Village, tree), new Caller("u", Department.CivilAffairs, Role.TownOfficer, Duties.Town, tree));
        Assert.Equal([mine], await ListAsync(app, village, "431003101218", "obligation.total.all"));
        Assert.Equal(new[] { mine, towns, reports }.Order(), (await ListAsync(app, town, "431003101", "obligation.total.all")).Order());
        Assert.Equal(new[] { mine, towns }.Order(), (await ListAsync(app, town, "431003101", "obligation.state.overdue")).Order());

        Assert.Equal(["registry.visit, Opened", "registry.visit, Overdue (Policy)"], await TimelineAsync(app, village, mine));
        Assert.Equal(["Opened", "registry.visit, Overdue (Policy)"], await TimelineAsync(app, village, child));
        Assert.Empty(await TimelineAsync(app, village, reports));
        Assert.Equal(["registry.visit, Waived"], await TimelineAsync(app, town, reports));
        Assert.Equal(["registry.visit, Escalated to County"], await TimelineAsync(app, town, towns));
    }

    private async Task<WebApplication> PlatformAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Store", await servers.NewDatabaseAsync("platform", ct)), new("Divisions:File", Path.Combine(AppContext.BaseDirectory, "divisions-2023.csv.gz")), new("ConnectionStrings:RabbitMq", "amqp://127.0.0.1:1"),
            .. SealingKeys.New(),
        ]);
        builder.AddPlatform();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        var app = builder.Build();
        await app.RunServiceAsync(["migrate"]);
        return app;
    }

    private static ObligationRecorded Told(Guid id, DivisionId owner, ObligationChange change, ObligationState state) => new(id, change, new(
        "registry.visit", Duties.Child(id), owner, OwnerDepartment.CivilAffairs, Duties.Start, Duties.Due, ObligationBasis.Policy, "§1", state,
        change is ObligationChange.Escalated ? owner.Level - 1 : null, null));

    /// <summary>As a lane takes a page.</summary>
    private Task TakeAsync(EventStore store, string source, params (Guid Subject, object Fact)[] facts) => store.RunAsync(
        work => new Platform.Log.TakeFacts(source).HandleAsync(work, [.. facts.Select((f, i) => new PagedEvent(
            i + 1, Guid.NewGuid(), f.Subject, i + 1, f.Subject, Contract.Facts.NameOf(f.Fact), Duties.Start, new(2026, 5, 8), null, null,
            JsonSerializer.Serialize(f.Fact, EventTypes.Json)))], ct), ct);

    private async Task FoldAsync(WebApplication app)
    {
        using var daemon = await app.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await Eventually.IsAsync(async () => (await FiguresAsync(app, County)).GetValueOrDefault("obligation.total.all"), n => n == 3, ct);
        await daemon.StopAllAsync();
    }

    private async Task<Dictionary<string, long>> FiguresAsync(WebApplication app, DivisionId division)
    {
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            select name, n from platform.division_figure join platform.measure on id = measure
            where division = $1 and n <> 0 and (name like 'obligation.%' or name = 'onFile.total.all')
            """);
        command.Parameters.Add(new() { Value = division.Value });
        var figures = new Dictionary<string, long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            figures[reader.GetString(0)] = reader.GetInt64(1);
        return figures;
    }

    private async Task<List<Guid>> ListAsync(WebApplication app, Caller caller, string division, string measure)
    {
        var (ids, token) = (new List<Guid>(), "");
        do
        {
            var page = await app.Services.GetRequiredService<ListSubjects>().AnswerAsync(
                new() { DivisionCode = division, Measure = measure, PageSize = 1, PageToken = token }, new LetIn("ListSubjects", caller, ct));
            ids.AddRange(page.Subjects_.Select(s => Guid.Parse(s.SubjectId)));
            Assert.All(page.Subjects_, s => Assert.Equal("obligation", s.Kind));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return ids;
    }

    private async Task<List<string>> TimelineAsync(WebApplication app, Caller caller, Guid subject) =>
        [.. (await app.Services.GetRequiredService<GetTimeline>().AnswerAsync(new() { SubjectId = subject.ToString() }, new LetIn("GetTimeline", caller, ct))).Entries.Select(e => e.Change)];

    /// <summary>A call that was let in.</summary>
    private sealed class LetIn : ServerCallContext
    {
        private readonly CancellationToken ct;

        public LetIn(string method, Caller caller, CancellationToken ct)
        {
            this.ct = ct;
            this.SetAdmission(new(MethodTable.Find("leftbehind.platform.v1.Platform/" + method)!, caller));
        }

        protected override string MethodCore => "";
        protected override string HostCore => "";
        protected override string PeerCore => "";
        protected override DateTime DeadlineCore => DateTime.MaxValue;
        protected override Metadata RequestHeadersCore { get; } = [];
        protected override CancellationToken CancellationTokenCore => ct;
        protected override Metadata ResponseTrailersCore { get; } = [];
        protected override Status StatusCore { get; set; }
        protected override WriteOptions? WriteOptionsCore { get; set; }
        protected override AuthContext AuthContextCore { get; } = new(null, []);

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();
    }
}
