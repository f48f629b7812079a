using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace LeftBehind.Obligations.IntegrationTests;

/// <summary>A service that owes duties: composed and migrated as every service is, on a database of its own, at a time of its own.</summary>
internal sealed class Duties : IAsyncDisposable
{
    public const string Schema = "duties";
    public static readonly DateTimeOffset Start = new(2026, 5, 8, 10, 0, 0, TimeSpan.FromHours(8));
    public static readonly DivisionId Village = DivisionId.Parse("431003101218@2023"), Town = DivisionId.Parse("431003101@2023");

    /// <summary>Due with the second working day, 11 May: 9 May is a Saturday that is worked.</summary>
    public static readonly ObligationTerms Visit = new("registry.visit", ObligationBasis.Policy, "§1", LeftBehind.Obligations.Clock.WorkingDays(2))
    {
        AtRisk = AtRisk.Before(TimeSpan.FromHours(10)), EscalatesAfter = TimeSpan.FromHours(24),
    };

    public static readonly DateTimeOffset Due = new(2026, 5, 12, 0, 0, 0, TimeSpan.FromHours(8));

    private readonly WebApplication app;

    private Duties(WebApplication app, SetClock clock) => (this.app, Clock) = (app, clock);

    public SetClock Clock { get; }

    public EventStore Store => app.Services.GetRequiredService<EventStore>();

    public ObligationBook Book => app.Services.GetRequiredService<ObligationBook>();

    public ListObligations List => app.Services.GetRequiredService<ListObligations>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Duties> StartAsync(RealServers servers)
    {
        var clock = new SetClock(Start);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Store", await servers.NewDatabaseAsync("duties", Ct))]);
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(WorkCalendar.Load(Path.Combine(AppContext.BaseDirectory, "workdays.json"))).AddObligations(FieldGroup.Identity);
        builder.AddServiceDefaults(Schema, ObligationEvents.Types);
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        var app = builder.Build();
        await app.RunServiceAsync(["migrate"]);
        return new(app, clock);
    }

    /// <summary>One more replica's sweep on the same store.</summary>
    public ObligationSweep Replica() => new(Store, Clock, NullLogger<ObligationSweep>.Instance);

    public static ObligationSubject Child(Guid? id = null) => new("child", id ?? Guid.NewGuid());

    public static EventMeta Meta(DateTimeOffset at) => new(at, WorkCalendar.DayOf(at), Actor: "u-1@civil-affairs/431003/officer");

    public static NewObligation Asked(ObligationSubject child, string? key = null, DivisionId? owner = null, ObligationTerms? terms = null) =>
        new(terms ?? Visit, child, owner ?? Village, OwnerDepartment.CivilAffairs, Start, Meta(Start), key);

    public Task<IReadOnlyList<Guid>> OpenAsync(params NewObligation[] asked) => Store.RunAsync(work => Book.OpenAsync(work, asked, Ct), Ct);

    public Task<int> FulfilAsync(ObligationSubject child, DateTimeOffset at) => Store.RunAsync(work => Book.FulfilAsync(work, child, Visit.Kind, Meta(at), Ct), Ct);

    /// <summary>Every event, in order: its name and, where only one is asked for, of that obligation alone.</summary>
    public async Task<List<string>> EventsAsync(Guid? of = null) =>
        await ColumnAsync($"select type from {Schema}.mt_events{(of is { } id ? $" where stream_id = '{id}'" : "")} order by seq_id");

    public async Task<int> CountAsync(string type) => (await EventsAsync()).Count(e => e == type);

    public Task<List<string>> RowsAsync() => ColumnAsync($"select state from {Schema}.obligation_due order by id");

    public async Task<List<string>> ColumnAsync(string sql)
    {
        await using var command = Store.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var values = new List<string>();
        while (await reader.ReadAsync(Ct))
            values.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        return values;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
