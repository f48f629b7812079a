using System.Globalization;
using LeftBehind.Servers.Installations;

namespace LeftBehind.Launcher.Bench.Meters;

/// <summary>CPU time of an installation's processes as the kernel counts it, with all their descendants, also those that have ended.</summary>
internal static class ProcessCpu
{
    private const double MillisecondsPerTick = 10;

    /// <summary>Milliseconds by service, of postgres and of beam.</summary>
    internal static Dictionary<string, double> Read(Installation installation)
    {
        var all = ReadAll();
        var cpu = installation.Services.ToDictionary(s => s.Service, s => Sum(all, s.Pid));
        cpu["postgres"] = Sum(all, installation.Postgres.Pid);
        cpu["beam"] = Sum(all, installation.RabbitMq.Pid);
        return cpu;
    }

    private sealed record Stat(int Pid, int Parent, long Ticks);

    private static Dictionary<int, List<Stat>> ReadAll()
    {
        var byParent = new Dictionary<int, List<Stat>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) || Of(pid) is not { } stat)
                continue;
            if (!byParent.TryGetValue(stat.Parent, out var siblings))
                byParent[stat.Parent] = siblings = [];
            siblings.Add(stat);
        }
        return byParent;
    }

    private static double Sum(Dictionary<int, List<Stat>> all, int root)
    {
        var family = new List<Stat> { Of(root) ?? throw new InvalidOperationException($"Process {root} has ended.") };
        for (var i = 0; i < family.Count; i++)
            family.AddRange(all.GetValueOrDefault(family[i].Pid) ?? []);
        return family.Sum(s => s.Ticks) * MillisecondsPerTick;
    }

    private static Stat? Of(int pid)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            // The program's name, in brackets, may itself hold blanks and brackets; utime, stime and those of waited-for children follow.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
            return new(pid, (int)Number(1), Number(11) + Number(12) + Number(13) + Number(14));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
