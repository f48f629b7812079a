using System.Diagnostics;

namespace LeftBehind.Launcher.Testing;

/// <summary>Runs one test program, shows what it prints and counts its tests.</summary>
internal static class TestRun
{
    internal static async Task<TestCounts> OfAsync(
        TestProject project, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        Console.WriteLine($"\n── {project.Name}");
        if (!File.Exists(project.Program))
            return Broken($"it is not built: {project.Program} is missing");

        var start = new ProcessStartInfo(project.Program, ["-noLogo", "-noColor"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            TestCounts? counts = null;
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
            {
                Console.WriteLine(line);
                counts = TestCounts.FromSummary(line) ?? counts;
            }

            await process.WaitForExitAsync(cancellation);
            return Judge(counts, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static TestCounts Judge(TestCounts? counts, int exitCode) => counts switch
    {
        null => Broken($"it ended with {exitCode} before its summary"),
        { Passed: 0, Failed: 0 } => Broken("it ran no test"),
        { Failed: 0 } when exitCode != 0 => counts + Broken($"it ended with {exitCode} although no test failed"),
        _ => counts,
    };

    private static TestCounts Broken(string why)
    {
        Console.WriteLine($"FAILED: {why}");
        return TestCounts.Broken;
    }
}
