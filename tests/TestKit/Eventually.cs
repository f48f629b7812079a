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
        T answer;
        do
        {
            answer = await ask();
            if (asWished(answer))
                return answer;
        }
        while (await TicksAsync(again, limit.Token));
        throw new TimeoutException($"Not so within {withinSeconds} s; the last answer was {answer}");
    }

    private static async Task<bool> TicksAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
