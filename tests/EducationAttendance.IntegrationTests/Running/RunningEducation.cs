using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Servers.Processes;
using LeftBehind.ServiceDefaults;
using LeftBehind.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.EducationAttendance.IntegrationTests.Running;

/// <summary>EducationAttendance as it is composed for an installation, in this process, on a database and a virtual host of its own.</summary>
public sealed class RunningEducation : IAsyncDisposable
{
    private const string Issuer = "leftbehind-tests", Audience = "leftbehind";

    private readonly WebApplication app;
    private readonly GrpcChannel channel;
    private readonly LocalIssuer issuer;
    private readonly TestFolder folder;
    private readonly TimeProvider clock;

    private RunningEducation(WebApplication app, LocalIssuer issuer, TestFolder folder, TimeProvider clock, Uri grpc, Uri http, KeptLogs logs)
    {
        (this.app, this.issuer, this.folder, this.clock, Logs) = (app, issuer, folder, clock, logs);
        channel = GrpcChannel.ForAddress(grpc);
        (Client, Calendars, Attendance, Imports) = (new(channel), new(channel), new(channel), new(channel));
        Http = new() { BaseAddress = http };
    }

    public Protos.Education.V1.EducationAttendance.EducationAttendanceClient Client { get; }

    public Protos.Education.V1.Calendars.CalendarsClient Calendars { get; }

    public Protos.Education.V1.Attendance.AttendanceClient Attendance { get; }

    public Protos.Education.V1.Imports.ImportsClient Imports { get; }

    public HttpClient Http { get; }

    public GrpcChannel Channel => channel;

    /// <summary>Everything that was logged, as it is written.</summary>
    public KeptLogs Logs { get; }

    public NpgsqlDataSource Database => Service<NpgsqlDataSource>();

    public T Service<T>() where T : notnull => app.Services.GetRequiredService<T>();

    internal static async Task<RunningEducation> StartAsync(RealServers servers, TimeProvider clock)
    {
        var folder = TestFolder.Create();
        var issuer = LocalIssuer.OpenOrCreate(folder.Path, Issuer, Audience);
        var (grpc, http) = (new Uri($"http://127.0.0.1:{FreePorts.Next()}"), new Uri($"http://127.0.0.1:{FreePorts.Next()}"));
        var logs = new KeptLogs();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(Settings(grpc, http, issuer, await servers.NewDatabaseAsync("education"), await servers.NewVirtualHostAsync("education")));
        builder.Services.AddSingleton(clock);
        builder.AddEducation();
        builder.Services.AddSingleton(Places.Tree);
        builder.Logging.ClearProviders().AddProvider(logs);
        var app = builder.Build();
        app.MapEducation();
        await app.RunServiceAsync(["migrate"]);
        await app.StartAsync();
        return new(app, issuer, folder, clock, grpc, http, logs);
    }

    private static Dictionary<string, string?> Settings(Uri grpc, Uri http, LocalIssuer issuer, string database, Uri broker) => new()
    {
        ["ConnectionStrings:Store"] = database, ["ConnectionStrings:RabbitMq"] = broker.AbsoluteUri,
        ["Kestrel:Endpoints:Grpc:Url"] = grpc.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
        ["Kestrel:Endpoints:Http:Url"] = http.GetLeftPart(UriPartial.Authority), ["Kestrel:Endpoints:Http:Protocols"] = "Http1",
        ["Sealing:MasterKey"] = NewKey(), ["Sealing:IndexKey"] = NewKey(), ["Sealing:RegistryKey"] = NewKey(),
        ["Auth:Issuer"] = Issuer, ["Auth:Audience"] = Audience, ["Auth:KeysFile"] = issuer.KeysFile,
        ["Divisions:File"] = Places.File, ["Calendar:File"] = Places.Calendar,
    };

    private static string NewKey() => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    public string Token(Department department, Role role, string division, string? source = null) =>
        issuer.Issue("user-7", department, role, division, source, now: clock.GetUtcNow());

    /// <summary>Calls as a partner.</summary>
    public CallOptions As(string source, string division) => With(Token(Department.Partner, Role.Partner, division, source));

    /// <summary>Calls as an officer, of civil affairs where nothing else is said.</summary>
    public CallOptions AsOfficer(string division = Places.County, Department department = Department.CivilAffairs) => With(Token(department, Role.Officer, division));

    /// <summary>Calls as a school of the county, by the roll's own number of it.</summary>
    public CallOptions AsSchool(string schoolNo, string division = Places.County) =>
        With(issuer.Issue("school-7", Department.Education, Role.School, division, organisation: schoolNo, now: clock.GetUtcNow()));

    private static CallOptions With(string token) =>
        new(new Metadata { { "authorization", "Bearer " + token } }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Stored names of the events of one stream, oldest first.</summary>
    public async Task<List<string>> EventsOfAsync(string stream) =>
        await ColumnAsync("select type from education.mt_events where stream_id = $1 order by version", Guid.Parse(stream));

    /// <summary>How many events came of a partner's rows.</summary>
    public async Task<int> EventsFromAsync(string source) =>
        int.Parse((await ColumnAsync("select count(*)::text from education.mt_events where headers->>'source' = $1", source))[0], null);

    /// <summary>One column of text.</summary>
    public async Task<List<string>> ColumnAsync(string sql, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var column = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            column.Add(reader.GetString(0));
        return column;
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
