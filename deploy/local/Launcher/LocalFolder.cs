using System.CommandLine;
using LeftBehind.Servers.Installations;

namespace LeftBehind.Launcher;

/// <summary>Where this clone keeps its servers' data, secrets, logs and endpoints.</summary>
internal static class LocalFolder
{
    internal static string Default { get; } = Path.Combine(Repository.Root, ".lb");

    internal static Option<string> Option() => new("--folder")
    {
        Description = "Folder for data, secrets, logs and endpoints",
        DefaultValueFactory = _ => Default,
    };
}
