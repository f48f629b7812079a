using System.Globalization;

namespace LeftBehind.Servers.Processes;

/// <summary>Processes as the kernel lists them under /proc.</summary>
internal static class ProcessTree
{
    /// <summary>The process and all its descendants, parents first.</summary>
    internal static List<int> Of(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .ToLookup(pid => Stat(pid)?.Parent);
        var family = new List<int> { root };
        for (var i = 0; i < family.Count; i++)
            family.AddRange(children[family[i]]);
        return family;
    }

    /// <summary>False also for a zombie: it holds no file, port or memory any more.</summary>
    internal static bool IsRunning(int pid) => Stat(pid) is { State: not ('Z' or 'X') };

    private static (char State, int Parent)? Stat(int pid)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            // The program's name, in brackets, may itself hold blanks and brackets.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
