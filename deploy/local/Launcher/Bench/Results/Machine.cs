using System.Diagnostics;
using LeftBehind.Servers.Installations;

namespace LeftBehind.Launcher.Bench.Results;

/// <summary>Where and from which source a result comes.</summary>
internal sealed record Machine(string Commit, bool SourceChanged, DateTimeOffset Date, int Cores, string Processor, string Kernel)
{
    internal static Machine Now() => new(
        Git("rev-parse", "HEAD") is { Length: > 0 } commit ? commit : "unknown", Git("status", "--porcelain").Length > 0, TimeProvider.System.GetUtcNow(),
        Environment.ProcessorCount,
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        Environment.OSVersion.VersionString);

    private static string Git(params string[] words)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Root, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Trim() : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
