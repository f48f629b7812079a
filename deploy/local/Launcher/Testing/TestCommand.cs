using System.CommandLine;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Launcher.Testing;

/// <summary>./lb test: every test program, and one closing line with the counts.</summary>
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
        var chosen = Chosen(names).ToList();
        var environment = chosen.Exists(p => p.Tier != TestTier.Pure) ? await servers.StartAsync(cancellation) : new Dictionary<string, string>();
        // The end-to-end program waits for other processes most of its time: all others run beside it, the fastest answer first.
        var lanes = chosen.GroupBy(project => project.Tier is TestTier.EndToEnd).Select(lane => LaneAsync(lane, environment, cancellation));
        var sum = (await Task.WhenAll(lanes)).Aggregate(TestCounts.None, (all, lane) => all + lane);
        return sum == TestCounts.None ? TestCounts.Broken : sum;
    }

    private static async Task<TestCounts> LaneAsync(IEnumerable<TestProject> lane, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var sum = TestCounts.None;
        foreach (var project in lane)
            sum += await TestRun.OfAsync(project, environment, cancellation);
        return sum;
    }

    private static IEnumerable<TestProject> Chosen(string[] names) => TestProject.All("release")
        .Where(project => names.Length == 0 || names.Any(name => project.Name.Contains(name, StringComparison.OrdinalIgnoreCase)));
}
