using System.Security.Cryptography;
using System.Text;

namespace LeftBehind.Servers.Processes;

/// <summary>Folders that a server of another account can reach and nobody else can read.</summary>
public static class WorkFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly Lock Making = new();

    /// <summary>Makes the folder for the account; where a parent is closed to it (a home directory of root), a stand-in under /var/tmp.</summary>
    public static string Prepare(string wanted, Account? account)
    {
        var full = Path.GetFullPath(wanted);
        var folder = account is null || Reachable(full) ? full : $"/var/tmp/leftbehind-{Hash(full)}";
        MakeFor(account, folder);
        return folder;
    }

    internal static string MakeFor(Account? account, string folder)
    {
        // Parents stay open to traversal; only the server's own folder is closed.
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder, OwnerOnly);
        Posix.GiveTo(account, folder);
        return folder;
    }

    /// <summary>Writes a file that only its owner can read, from the first byte on; whoever reads it reads all of it.</summary>
    public static void WriteSecret(string path, string content, Account? account = null)
    {
        var beside = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnlyFile };
        using (var file = new FileStream(beside, options))
            file.Write(Encoding.UTF8.GetBytes(content));
        Posix.GiveTo(account, beside);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>A secret that is made once and then kept in a file of mode 600; the folder is one process's (see <see cref="FolderLock"/>).</summary>
    public static string KeepSecret(string path, Func<string> make)
    {
        lock (Making)
        {
            if (!File.Exists(path))
                WriteSecret(path, make());
            return File.ReadAllText(path);
        }
    }

    internal static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static bool Reachable(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (Directory.Exists(parent) && !File.GetUnixFileMode(parent).HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }
}
