namespace LeftBehind.Pages;

internal static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>200 ms, doubled at every attempt, at most 5 s.</summary>
    public static TimeSpan After(int attempt)
    {
        var wait = TimeSpan.FromMilliseconds(200 * Math.Pow(2, Math.Min(attempt - 1, 10)));
        return wait < Longest ? wait : Longest;
    }
}
