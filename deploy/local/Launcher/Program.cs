using System.CommandLine;
using LeftBehind.Launcher;
using LeftBehind.Launcher.Bench;
using LeftBehind.Launcher.Calls;
using LeftBehind.Launcher.Demo;
using LeftBehind.Launcher.Testing;
using Spectre.Console;

// Tables are as wide as they need to be where nobody's terminal says otherwise.
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Width = 220;

var commands = new RootCommand("LeftBehind on this machine")
{
    UpCommand.Create(),
    DownCommand.Create(),
    DemoCommand.Create(),
    BenchCommand.Create(),
    TestCommand.Create(),
    TokenCommand.Create(),
    FiguresCommand.Create(),
    ReconcileCommand.Create(),
    RebuildCommand.Create(),
};

try
{
    return await commands.Parse(args).InvokeAsync(new()
    {
        EnableDefaultExceptionHandler = false,
        // An orderly end drains six services before their database stops.
        ProcessTerminationTimeout = TimeSpan.FromMinutes(2),
    });
}
catch (Exception error) when (error is InvalidOperationException or IOException or TimeoutException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
catch (Grpc.Core.RpcException error)
{
    await Console.Error.WriteLineAsync($"{error.StatusCode}: {error.Status.Detail}");
    return 1;
}
