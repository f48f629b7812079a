using System.CommandLine;
using LeftBehind.Launcher;
using LeftBehind.Launcher.Testing;

var commands = new RootCommand("LeftBehind on this machine")
{
    UpCommand.Create(),
    DownCommand.Create(),
    TestCommand.Create(),
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
