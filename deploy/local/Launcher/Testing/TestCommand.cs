using System.CommandLine;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Launcher.Testing;

/// <summary>./lb test: every test program, one after another, and one closing line with the counts.</summary>
internal static class TestCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var names = new Argument<string[]>("names") { Description = "Only projects whose name contains one of these", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("test", "Run all tests against real servers") { folder, names };
        command.SetAction((parsed, cancellation) =>
            RunAsync(Path.Combine(Path.GetFullPath(parsed.GetValue(folder)!), "test"), parsed.GetValue(names) ?? [], cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string[] names, CancellationToken cancellation)
    {
        var sum = await CountAsync(folder, names, cancellation);
        // The closing line comes last, after the servers have ended with whatever they print.
        Console.WriteLine($"\n{sum}");
        return sum.Failed == 0 ? 0 : 1;
    }

    private static async Task<TestCounts> CountAsync(string folder, string[] names, CancellationToken cancellation)
    {
        using var folderLock = FolderLock.Take(folder);
        await using var servers = new TestServers(Path.Combine(folder, "servers"));
        IReadOnlyDictionary<string, string> environment = new Dictionary<string, string>();
        var sum = TestCounts.None;
        foreach (var project in Chosen(names))
        {
            if (project.Tier != TestTier.Pure && environment.Count == 0)
                environment = await servers.StartAsync(cancellation);
            sum += await TestRun.OfAsync(project, environment, cancellation);
        }

        return sum == TestCounts.None ? TestCounts.Broken : sum;
    }

    private static IEnumerable<TestProject> Chosen(string[] names) => TestProject.All("release")
        .Where(project => names.Length == 0 || names.Any(name => project.Name.Contains(name, StringComparison.OrdinalIgnoreCase)));
}
