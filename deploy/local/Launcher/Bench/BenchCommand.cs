using System.CommandLine;
using LeftBehind.Launcher.Bench.Province;
using LeftBehind.Launcher.Bench.Reads;

namespace LeftBehind.Launcher.Bench;

/// <summary>./lb bench: what ingest, the way to the figures and reads cost, each beside its physical limit in the same run.</summary>
internal static class BenchCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var children = new Option<int>("--children") { DefaultValueFactory = _ => 100_000, Description = "Children of the population that is pushed" };
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 20, Description = "Length of each open-loop load" };
        var province = new Option<bool>("--province") { Description = "Instead: fill a whole province (700,000 children unless said otherwise), and measure what growth costs" };
        var command = new Command("bench", "Measure ingest, end to end, lag and reads beside their peers") { folder, children, seconds, province };
        AtLeast(children, 500);
        AtLeast(seconds, 1);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(province))
            {
                var all = parsed.GetResult(children) is { Implicit: false } ? parsed.GetValue(children) : ProvinceRun.Children;
                await ProvinceRun.RunAsync(Path.Combine(Path.GetFullPath(parsed.GetValue(folder)!), "bench"), all, cancellation);
                return 0;
            }
            var profile = new BenchProfile(parsed.GetValue(children), parsed.GetValue(seconds));
            await BenchRun.RunAsync(Path.Combine(Path.GetFullPath(parsed.GetValue(folder)!), "bench"), profile, cancellation);
            return 0;
        });
        command.Add(GrpcFloor.CreateCommand());
        return command;
    }

    private static void AtLeast(Option<int> option, int least) => option.Validators.Add(given =>
    {
        if (given.GetValueOrDefault<int>() < least)
            given.AddError($"{option.Name} is at least {least}.");
    });
}
