using System.Collections.Concurrent;
using System.Diagnostics;

namespace LeftBehind.Servers.Processes;

/// <summary>
/// A long-running child that never outlives this process: the kernel kills it when the starting thread ends
/// (PR_SET_PDEATHSIG). It has a session of its own, so that Ctrl-C on the terminal reaches only its parent.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // The kernel's signal follows the thread that forked, not the process; pool threads come and go, this one stays.
    private static readonly BlockingCollection<Action> Forks = [];
    private static readonly Thread Forker = StartForker();

    private readonly Process process;

    private ServerProcess(Process process) => this.process = process;

    /// <summary>Process id of the program itself (the wrappers replace themselves by it).</summary>
    public int Pid => process.Id;

    /// <summary>True once it has ended, however it ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Exit code; 128 + signal when a signal ended it.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Starts the command.</summary>
    public static async Task<ServerProcess> StartAsync(ServerCommand command)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Debug.Assert(Forker.IsAlive);
        Forks.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(StartInfo(command))!);
            }
            catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                started.SetException(error);
            }
        });
        return new ServerProcess(await started.Task);
    }

    /// <summary>Completes when the process has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation = default) => process.WaitForExitAsync(cancellation);

    /// <summary>Ends it and all its descendants at once, as a crash would, and returns when none is left.</summary>
    public async Task KillAsync()
    {
        var family = ProcessTree.Of(Pid);
        foreach (var pid in family)
            Posix.Signal(pid, Posix.SigKill);
        await process.WaitForExitAsync();
        while (family.Any(ProcessTree.IsRunning))
            await Task.Delay(5);
    }

    /// <summary>Asks it to end (SIGTERM unless told otherwise); kills it when it has not ended in time.</summary>
    public async Task StopAsync(TimeSpan patience, int signal = Posix.SigTerm)
    {
        Posix.Signal(Pid, signal);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <summary>Stops the process from running without ending it, as a frozen machine would.</summary>
    public void Freeze() => ProcessTree.Of(Pid).ForEach(pid => Posix.Signal(pid, Posix.SigStop));

    /// <summary>Lets a frozen process run on.</summary>
    public void Thaw() => ProcessTree.Of(Pid).ForEach(pid => Posix.Signal(pid, Posix.SigCont));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private static ProcessStartInfo StartInfo(ServerCommand command)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = command.Folder, UseShellExecute = false };
        // The shell opens the log as the caller; everything after it replaces itself, so the pid stays the same.
        foreach (var word in (string[])["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", command.Log, "setsid", "setpriv", "--pdeathsig", "KILL"])
            start.ArgumentList.Add(word);
        if (command.Account is { } account)
        {
            foreach (var word in (string[])[$"--reuid={account.Uid}", $"--regid={account.Gid}", "--clear-groups"])
                start.ArgumentList.Add(word);
        }

        foreach (var word in (IEnumerable<string>)["--", command.Program, .. command.Arguments])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static Thread StartForker()
    {
        var thread = new Thread(() =>
        {
            foreach (var fork in Forks.GetConsumingEnumerable())
                fork();
        })
        { IsBackground = true, Name = "forker" };
        thread.Start();
        return thread;
    }
}
