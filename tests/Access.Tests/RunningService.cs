using Grpc.Net.Client;
using LeftBehind.Access.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LeftBehind.Access.Tests;

/// <summary>A whole service in memory, composed in the one line that services use.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("access-tests").FullName;
    private WebApplication? _app;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8)));

    public LocalIssuer Issuer { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public GrpcChannel Grpc { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = LocalIssuer.OpenOrCreate(_folder);
        _app = Compose(Issuer, Time);
        _app.MapGrpcService<RawService>();
        _app.MapGrpcHealthChecksService();
        _app.MapPost("/households", (Body body, HttpContext http) => http.GetCaller().Source + body.Row)
            .RequireAccess("leftbehind.registry.v1.Registry/PushHouseholds");
        _app.MapGet("/figures/{code}", (string code, HttpContext http) => http.Require(SmallTree.Id(code)).ToString())
            .RequireAccess("leftbehind.platform.v1.Platform/GetFigures");
        _app.MapGet("/plain", (RequestDelegate)(http => http.Response.WriteAsync(http.GetCaller().Subject)))
            .RequireAccess("leftbehind.operations.v1.Lanes/ListParked");
        _app.MapGet("/health", () => "ok").AllowAnonymous();
        await _app.StartAsync();
        Http = _app.GetTestClient();
        Grpc = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = _app.GetTestServer().CreateHandler() });
    }

    public static WebApplication Compose(LocalIssuer issuer, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration["Auth:KeysFile"] = issuer.KeysFile;
        builder.Configuration["Auth:Issuer"] = issuer.Issuer;
        builder.Configuration["Auth:Audience"] = issuer.Audience;
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(SmallTree.Tree);
        builder.Services.AddSingleton<RawService>();
        builder.Services.AddGrpc();
        builder.Services.AddGrpcHealthChecks();
        builder.AddAccess();
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        Grpc.Dispose();
        Http.Dispose();
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public sealed record Body(string Row);
}
