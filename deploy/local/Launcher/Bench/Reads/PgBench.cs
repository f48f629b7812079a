using System.Diagnostics;
using System.Globalization;
using LeftBehind.Launcher.Bench.Meters;
using Npgsql;

namespace LeftBehind.Launcher.Bench.Reads;

/// <summary>
/// pgbench with GetFigures' own two SELECTs, prepared and in one round trip, over the same divisions equally often. Its
/// latencies count from the planned start, as the driver's do.
/// </summary>
internal sealed class PgBench(string store, string scratch, IReadOnlyList<ReadTarget> targets)
{
    private const int Clients = 4;

    internal async Task<Latencies> RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        Directory.CreateDirectory(scratch);
        var scripts = new List<string>();
        foreach (var target in targets)
        {
            var file = Path.Combine(scratch, $"{target.Code}.sql");
            await File.WriteAllTextAsync(file, Script(target), cancellation);
            scripts.Add($"--file={file}@{Text(target.Weight)}");
        }
        await RunAsync([.. scripts, "-n", "-M", "prepared", "-c", Text(Clients), "-j", "1", "-R", Text(BenchProfile.ReadsPerSecond),
            "-T", Text((int)duration.TotalSeconds), "-l", $"--log-prefix={Path.Combine(scratch, "log")}"], cancellation);
        // client, transaction, latency from the planned start in µs, script, second, microsecond, part of the latency before it began
        var took = Directory.EnumerateFiles(scratch, "log.*").SelectMany(File.ReadLines).Select(line => line.Split(' ')[2]).ToList();
        Directory.Delete(scratch, recursive: true);
        return Latencies.Of(took.Where(t => t is not ("failed" or "skipped")).Select(t => long.Parse(t, CultureInfo.InvariantCulture)),
            took.Count(t => t is "failed" or "skipped"));
    }

    // A colon before a letter would be a variable of pgbench's.
    private static string Script(ReadTarget target) => string.Join('\n',
        @"\startpipeline",
        $"select division, array_agg(measure), array_agg(n) from platform.division_figure where division = any('{{{string.Join(',', target.Divisions)}}}'::bigint[]) and n <> 0 group by division;",
        "select (select day from platform.counting_day), coalesce((select last_seq_id from platform.mt_event_progression where name = 'figures' || ':' || 'All'), 0);",
        @"\endpipeline", "");

    private async Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var where = new NpgsqlConnectionStringBuilder(store);
        var start = new ProcessStartInfo(Program(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("PGHOST", where.Host), ("PGPORT", Text(where.Port)), ("PGUSER", where.Username), ("PGPASSWORD", where.Password), ("PGDATABASE", where.Database) })
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {await error}{await output}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string Program() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories)
            .MaxBy(file => int.TryParse(file.Split('/')[4], out var version) ? version : 0) ?? "pgbench"
        : "pgbench";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
