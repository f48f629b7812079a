using System.Globalization;

namespace LeftBehind.Servers.Processes;

/// <summary>One process at a time works in a folder. The kernel gives the lock back when its holder ends, however it ends.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or says who has it.</summary>
    public static FolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var taken = TryTake(folder)
            ?? throw new InvalidOperationException($"Process {HolderOf(folder)} is already at work in {folder}.");
        File.WriteAllText(HolderFile(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return taken;
    }

    /// <summary>Takes the lock and empties the folder: nobody works on what is deleted.</summary>
    public static FolderLock TakeEmpty(string folder)
    {
        var taken = Take(folder);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => e.FullName != LockFile(folder) && e.FullName != HolderFile(folder)))
            if (entry is DirectoryInfo inner)
                inner.Delete(recursive: true);
            else
                entry.Delete();
        return taken;
    }

    /// <summary>The process that holds the lock, if one does.</summary>
    public static int? HolderOf(string folder)
    {
        if (!File.Exists(HolderFile(folder)))
            return null;
        using var free = TryTake(folder);
        return free is null && int.TryParse(File.ReadAllText(HolderFile(folder)), CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    /// <summary>Asks the holder to end (SIGTERM) and waits until it has given the lock back; false when nobody had it.</summary>
    public static async Task<bool> EndHolderAsync(string folder, CancellationToken cancellation = default)
    {
        if (HolderOf(folder) is not { } holder)
            return false;
        Posix.Signal(holder, Posix.SigTerm);
        while (HolderOf(folder) == holder)
            await Task.Delay(100, cancellation);
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private static FolderLock? TryTake(string folder)
    {
        try
        {
            return new(new FileStream(LockFile(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string LockFile(string folder) => Path.Combine(folder, "lock");

    // Beside the lock: a locked file cannot be read.
    private static string HolderFile(string folder) => Path.Combine(folder, "pid");
}
