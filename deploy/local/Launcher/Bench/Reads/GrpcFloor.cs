using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Grpc.Health.V1;
using Grpc.Net.Client;
using LeftBehind.Launcher.Bench.Meters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Launcher.Bench.Reads;

/// <summary>What an empty call costs by itself: grpc.health.v1 without a single check, in a bare server that is a process of its own.</summary>
internal sealed class GrpcFloor : IDisposable
{
    private const int Connections = 4;

    private readonly Process server;
    private readonly List<GrpcChannel> channels;
    private readonly List<Health.HealthClient> clients;

    private GrpcFloor(Process server, string address)
    {
        this.server = server;
        channels = [.. Enumerable.Range(0, Connections).Select(_ => GrpcChannel.ForAddress(address))];
        clients = channels.ConvertAll(c => new Health.HealthClient(c));
    }

    internal static async Task<GrpcFloor> StartAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["bench", "floor"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "0";
        var server = Process.Start(start)!;
        var address = await server.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The bare gRPC server did not start.");
        return new(server, address);
    }

    internal Task<Latencies> RunAsync(TimeSpan duration) => OpenLoop.RunAsync(BenchProfile.ReadsPerSecond, duration,
        async number => await clients[number % Connections].CheckAsync(new()));

    /// <summary>The hidden command that is this server; it ends when its standard input does, so it never outlives its starter.</summary>
    internal static Command CreateCommand()
    {
        var command = new Command("floor", "A bare gRPC server") { Hidden = true };
        command.SetAction(async (_, cancellation) =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
            builder.Services.AddGrpc();
            builder.Services.AddGrpcHealthChecks();
            await using var app = builder.Build();
            app.MapGrpcHealthChecksService();
            await app.StartAsync(cancellation);
            Console.WriteLine(app.Urls.First());
            await Console.In.ReadToEndAsync(cancellation);
            return 0;
        });
        return command;
    }

    public void Dispose()
    {
        channels.ForEach(c => c.Dispose());
        server.StandardInput.Close();
        server.WaitForExit(TimeSpan.FromSeconds(10));
        server.Dispose();
    }
}
