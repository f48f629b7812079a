using System.CommandLine;
using System.Runtime.InteropServices;
using LeftBehind.Servers.Installations;
using Spectre.Console;

namespace LeftBehind.Launcher;

/// <summary>./lb up: servers and services in the foreground until Ctrl-C.</summary>
internal static class UpCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var command = new Command("up", "Start PostgreSQL, RabbitMQ and all services; Ctrl-C stops them") { folder };
        command.SetAction((parsed, cancellation) => RunAsync(new(Path.GetFullPath(parsed.GetValue(folder)!)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(InstallationPlan plan, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // A closed terminal ends the installation as orderly as Ctrl-C does.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ended.Cancel();
        });

        try
        {
            await using var installation = await Installation.StartAsync(plan, new Steps(), ended.Token);
            Show(plan, installation);
            await Task.WhenAll(installation.Services.Select(service => Supervision.KeepRunningAsync(service, ended.Token)));
            Console.WriteLine("stopping …");
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            Console.WriteLine("stopped before everything was up");
        }

        return 0;
    }

    private static void Show(InstallationPlan plan, Installation installation)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("service", "gRPC", "JSON and health");
        foreach (var service in installation.Services)
            table.AddRow(service.Name, service.Grpc.Authority, service.Http.Authority);
        table.AddRow("PostgreSQL", $"127.0.0.1:{installation.Postgres.Port}");
        table.AddRow("RabbitMQ", $"127.0.0.1:{installation.RabbitMq.Port}");
        AnsiConsole.Write(table);
        Console.WriteLine($"ready; endpoints and logs in {plan.Folder}; Ctrl-C stops");
    }

    /// <summary>Reports in the order of events, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Steps : IProgress<string>
    {
        public void Report(string value) => Console.WriteLine($"starting {value}");
    }
}
