using System.Collections.Concurrent;

namespace LeftBehind.Intake;

/// <summary>
/// Keys that were made of partners' numbers, kept while the rows of a push are likely to name the same thing again: a household,
/// its members, their parents and carer. Bounded; forgotten all at once.
/// </summary>
public sealed class RecentKeys(Func<string, Guid> make)
{
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, Guid> known = new(StringComparer.Ordinal);
    private int count;

    /// <summary>The key of a number, made or remembered.</summary>
    public Guid Of(string number)
    {
        if (known.TryGetValue(number, out var key))
            return key;
        if (Interlocked.Increment(ref count) > Most)
        {
            known.Clear();
            Interlocked.Exchange(ref count, 0);
        }
        return known[number] = make(number);
    }
}
