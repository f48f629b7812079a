using System.CommandLine;
using Grpc.Core;
using LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Launcher.Calls;

/// <summary>./lb rebuild: makes all figures anew from the log beside the live ones, and switches to them.</summary>
internal static class RebuildCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var compare = new Option<bool>("--compare-only") { Description = "Tell in what the two differ, and leave the live figures" };
        var command = new Command("rebuild", "Make every figure anew from the platform's log, compare, and switch") { folder, compare };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var calls = LocalCalls.ToRunning(Path.GetFullPath(parsed.GetValue(folder)!));
            using var call = calls.Platform.RebuildFigures(new() { CompareOnly = parsed.GetValue(compare) }, calls.Operations(cancellation));
            var last = new RebuildProgress();
            while (await call.ResponseStream.MoveNext(cancellation))
            {
                last = call.ResponseStream.Current;
                Console.WriteLine($"  {last.Seconds,6:F1} s: {last.Events:N0} events, {last.Subjects:N0} subjects");
            }
            Console.WriteLine($"{last.Figures:N0} figures, {last.FigureDifferences:N0} differ from the live ones; of {last.Subjects:N0} subjects {last.SubjectDifferences:N0} differ");
            Console.WriteLine(last.Switched ? "the rebuilt figures are the live ones now" : "the live figures stay");
            return last.Done ? 0 : 1;
        });
        return command;
    }
}
