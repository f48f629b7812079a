using System.Globalization;

namespace LeftBehind.TestKit;

/// <summary>A folder for one run, removed at its end; what killed runs left behind goes with the next one.</summary>
public sealed class TestFolder : IDisposable
{
    private const string Prefix = "leftbehind-tests-";

    private TestFolder(string path) => Path = path;

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Makes an empty folder below the system's temporary folder.</summary>
    public static TestFolder Create()
    {
        foreach (var left in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*").Where(IsLeftBehind))
            Remove(left);

        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path);
        return new(path);
    }

    /// <summary>Path of something in it.</summary>
    public string Of(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose() => Remove(Path);

    // The name says whose it is: the process that made it is gone.
    private static bool IsLeftBehind(string folder) =>
        int.TryParse(System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0], CultureInfo.InvariantCulture, out var owner)
        && !Directory.Exists($"/proc/{owner}");

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another run removes it at this moment, or it belongs to somebody else: the next run tries again.
        }
    }
}
