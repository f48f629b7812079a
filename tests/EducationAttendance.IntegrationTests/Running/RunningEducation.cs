using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Npgsql;

namespace LeftBehind.EducationAttendance.IntegrationTests.Running;

/// <summary>EducationAttendance with what its tests ask of it.</summary>
public sealed class RunningEducation(RunningService service) : IAsyncDisposable
{
    public Protos.Education.V1.EducationAttendance.EducationAttendanceClient Client { get; } = new(service.Channel);

    public Protos.Education.V1.Calendars.CalendarsClient Calendars { get; } = new(service.Channel);

    public Protos.Education.V1.Attendance.AttendanceClient Attendance { get; } = new(service.Channel);

    public Protos.Education.V1.Imports.ImportsClient Imports { get; } = new(service.Channel);

    public Protos.Intake.V1.ReceiptFeed.ReceiptFeedClient Feed { get; } = new(service.Channel);

    public HttpClient Http => service.Http;

    public GrpcChannel Channel => service.Channel;

    /// <inheritdoc cref="RunningService.Logs"/>
    public KeptLogs Logs => service.Logs;

    public NpgsqlDataSource Database => Service<NpgsqlDataSource>();

    public T Service<T>() where T : notnull => service.Service<T>();

    internal static async Task<RunningEducation> StartAsync(RealServers servers, TimeProvider clock) =>
        new(await RunningService.StartAsync(servers, "education", builder => builder.AddEducation(), app => app.MapEducation(), clock));

    public string Token(Department department, Role role, string division, string? source = null) => service.Token("user-7", department, role, division, source);

    /// <summary>Calls as a partner.</summary>
    public CallOptions As(string source, string division) => service.As("user-7", Department.Partner, Role.Partner, division, source);

    /// <summary>Calls as an officer, of civil affairs where nothing else is said.</summary>
    public CallOptions AsOfficer(string division = Places.County, Department department = Department.CivilAffairs) => service.As("user-7", department, Role.Officer, division);

    /// <summary>Calls as a school of the county, by the roll's own number of it.</summary>
    public CallOptions AsSchool(string schoolNo, string division = Places.County) => service.As("school-7", Department.Education, Role.School, division, organisation: schoolNo);

    /// <inheritdoc cref="RunningService.EventsOfAsync"/>
    public Task<List<string>> EventsOfAsync(string stream) => service.EventsOfAsync(stream);

    /// <inheritdoc cref="RunningService.EventsFromAsync"/>
    public Task<int> EventsFromAsync(string source) => service.EventsFromAsync(source);

    /// <inheritdoc cref="RunningService.ColumnAsync"/>
    public Task<List<string>> ColumnAsync(string sql, params object[] parameters) => service.ColumnAsync(sql, parameters);

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
