using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LeftBehind.Servers.Processes;

/// <summary>The system calls .NET has no word for.</summary>
internal static partial class Posix
{
    internal const int SigInt = 2;
    internal const int SigKill = 9;
    internal const int SigTerm = 15;
    internal const int SigCont = 18;
    internal const int SigStop = 19;

    /// <summary>Sends a signal; a process that is already gone is no error.</summary>
    internal static void Signal(int pid, int signal) => _ = Kill(pid, signal);

    internal static void GiveTo(Account? account, string path)
    {
        if (account is not null && Chown(path, account.Uid, account.Gid) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"cannot give {path} to {account.Name}");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, int owner, int group);
}
