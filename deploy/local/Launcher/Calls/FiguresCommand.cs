using System.CommandLine;

namespace LeftBehind.Launcher.Calls;

/// <summary>./lb figures CODE: the five-level table of the running platform.</summary>
internal static class FiguresCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var code = new Argument<string>("code") { Description = "Division code: 2, 4, 6, 9 or 12 digits" };
        var command = new Command("figures", "The five-level table of the running platform, over gRPC") { folder, code };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var calls = LocalCalls.ToRunning(Path.GetFullPath(parsed.GetValue(folder)!));
            await FiveLevels.ShowAsync(calls, parsed.GetValue(code)!, children: true, cancellation);
            return 0;
        });
        return command;
    }
}
