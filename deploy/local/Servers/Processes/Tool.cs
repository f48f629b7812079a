using System.Diagnostics;

namespace LeftBehind.Servers.Processes;

/// <summary>Short-lived command-line tools of the servers.</summary>
internal static class Tool
{
    /// <summary>Runs to the end and returns the standard output; a failure throws with what the tool said.</summary>
    internal static async Task<string> RunAsync(ServerCommand command, CancellationToken cancellation = default)
    {
        var (code, output, error) = await TryAsync(command, cancellation);
        return code == 0
            ? output
            : throw new InvalidOperationException($"{Path.GetFileName(command.Program)} ended with {code}: {error}{output}");
    }

    internal static async Task<(int Code, string Output, string Error)> TryAsync(ServerCommand command, CancellationToken cancellation = default)
    {
        string[] account = command.Account is { } a ? ["setpriv", $"--reuid={a.Uid}", $"--regid={a.Gid}", "--clear-groups", "--"] : [];
        string[] words = [.. account, command.Program, .. command.Arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = command.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }
}
