namespace LeftBehind.TestKit;

/// <summary>Waits on a fact, asking again and again; never on time alone.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>The first answer that is as wished; the last answer is in the failure when time is up.</summary>
    public static async Task<T> IsAsync<T>(Func<Task<T>> ask, Func<T, bool> asWished, CancellationToken ct, int withinSeconds = 60)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(withinSeconds));
        using var again = new PeriodicTimer(Pause);
        object? last = "none";
        try
        {
            do
            {
                // A question that is never answered is a failure too.
                var answer = await ask().WaitAsync(limit.Token);
                if (asWished(answer))
                    return answer;
                last = answer;
            }
            while (await again.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
        }

        throw new TimeoutException($"Not so within {withinSeconds} s; the last answer was {last}");
    }
}
