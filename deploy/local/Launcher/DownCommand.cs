using System.CommandLine;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Launcher;

/// <summary>./lb down: ends an installation that another terminal started.</summary>
internal static class DownCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var command = new Command("down", "Stop the installation that runs in this clone") { folder };
        command.SetAction(async (parsed, cancellation) =>
        {
            var stopped = await FolderLock.EndHolderAsync(Path.GetFullPath(parsed.GetValue(folder)!), cancellation);
            Console.WriteLine(stopped ? "stopped" : "nothing was running");
            return 0;
        });
        return command;
    }
}
