using System.Diagnostics;

namespace LeftBehind.Launcher.Testing;

/// <summary>Runs one test program, shows what it printed when it ends, and counts its tests; one that hangs is ended and counts as a failure.</summary>
internal static class TestRun
{
    private const int LongTestSeconds = 120;

    internal static async Task<TestCounts> OfAsync(
        TestProject project, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        // Others print beside it: what it says is shown in one piece.
        var said = new List<string> { "", $"── {project.Name}" };
        try
        {
            return await OfAsync(project, environment, said, cancellation);
        }
        finally
        {
            Console.WriteLine(string.Join('\n', said));
        }
    }

    private static async Task<TestCounts> OfAsync(
        TestProject project, IReadOnlyDictionary<string, string> environment, List<string> said, CancellationToken cancellation)
    {
        if (!File.Exists(project.Program))
            return Broken(said, $"it is not built: {project.Program} is missing");

        var start = new ProcessStartInfo(project.Program, ["-noLogo", "-noColor", "-longRunning", $"{LongTestSeconds}"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit(project.Tier));
        TestCounts? counts = null;
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                said.Add(line);
                counts = TestCounts.FromSummary(line) ?? counts;
            }

            await process.WaitForExitAsync(limit.Token);
            return Judge(said, counts, process.ExitCode);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (counts ?? TestCounts.None)
                + Broken(said, $"it had not ended after {Limit(project.Tier).TotalMinutes} minutes; a test that ran long is named above");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // Several times what a slow machine needs: only a hang comes so far.
    private static TimeSpan Limit(TestTier tier) => TimeSpan.FromMinutes(tier switch
    {
        TestTier.Pure => 5,
        TestTier.Integration => 10,
        _ => 25,
    });

    private static TestCounts Judge(List<string> said, TestCounts? counts, int exitCode) => counts switch
    {
        null => Broken(said, $"it ended with {exitCode} before its summary"),
        { Passed: 0, Failed: 0 } => Broken(said, "it ran no test"),
        { Failed: 0 } when exitCode != 0 => counts + Broken(said, $"it ended with {exitCode} although no test failed"),
        _ => counts,
    };

    private static TestCounts Broken(List<string> said, string why)
    {
        said.Add($"FAILED: {why}");
        return TestCounts.Broken;
    }
}
