using System.CommandLine;

namespace LeftBehind.Launcher.Calls;

/// <summary>./lb reconcile: whether the figures equal a recount, and the platform's log the stores of its sources.</summary>
internal static class ReconcileCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var command = new Command("reconcile", "Recount every figure and compare the platform with its sources") { folder };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var calls = LocalCalls.ToRunning(Path.GetFullPath(parsed.GetValue(folder)!));
            return await ShowAsync(calls, cancellation) == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Prints the result and answers how many differences there are.</summary>
    internal static async Task<long> ShowAsync(LocalCalls calls, CancellationToken cancellation)
    {
        var result = await calls.Platform.ReconcileAsync(new(), calls.Operations(cancellation));
        Console.WriteLine($"  figures: {result.Figures:N0} compared, {result.FigureDifferences:N0} differ from the recount");
        foreach (var source in result.Sources)
            Console.WriteLine($"  {source.Source}: {source.InSource:N0} subjects there, {source.InPlatform:N0} here, {source.Differences:N0} differ");
        foreach (var sample in result.Samples)
            Console.WriteLine($"    {sample}");
        var differences = result.FigureDifferences + result.Sources.Sum(s => s.Differences);
        Console.WriteLine($"{differences} differences");
        return differences;
    }
}
