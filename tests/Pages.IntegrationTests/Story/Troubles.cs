using LeftBehind.Contracts;

namespace LeftBehind.Pages.IntegrationTests.Story;

/// <summary>What goes wrong in one listener, and how much it handled.</summary>
internal sealed class Troubles
{
    private readonly HashSet<(Guid Subject, string N)> poison = [];
    private TaskCompletionSource? released;
    private TaskCompletionSource? held;
    private int handled;

    /// <summary>Work on facts is broken off, as by a store whose connections are cut.</summary>
    public bool BreaksOff { get; set; }

    public const string PlantedName = "PlantedZhangXiaoming";

    public int Handled => Volatile.Read(ref handled);

    public void Poison(Guid subject, int n)
    {
        lock (poison)
            poison.Add((subject, $"\"n\":{n}"));
    }

    public void Heal()
    {
        lock (poison)
            poison.Clear();
    }

    /// <summary>The next page is held in the middle of its handling; completes when one is.</summary>
    public Task HoldNext()
    {
        (held, released) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        return held.Task;
    }

    public void Release() => released?.TrySetResult();

    public Task HoldAsync(CancellationToken ct)
    {
        held?.TrySetResult();
        return released?.Task.WaitAsync(ct) ?? Task.CompletedTask;
    }

    public void Count(int facts) => Interlocked.Add(ref handled, facts);

    public void ThrowIfTroubled(PagedEvent fact)
    {
        if (BreaksOff)
            throw new OperationCanceledException();
        lock (poison)
            if (poison.Any(p => p.Subject == fact.Subject && (fact.Json.Contains(p.N + ",", StringComparison.Ordinal) || fact.Json.Contains(p.N + "}", StringComparison.Ordinal))))
                throw new InvalidOperationException($"Cannot understand {PlantedName}.");
    }
}
