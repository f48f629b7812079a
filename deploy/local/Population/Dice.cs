namespace LeftBehind.Population;

/// <summary>Seeded chance (SplitMix64): the same seed gives the same numbers on every runtime, which <see cref="Random"/> does not promise.</summary>
internal sealed class Dice(int seed, int purpose)
{
    private ulong _state = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)purpose * 0x9E3779B97F4A7C15);

    /// <summary>0 up to, not including, the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>From the first to the last, both included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    public bool PerMille(int share) => Below(1000) < share;

    public T Pick<T>(IReadOnlyList<T> of) => of[Below(of.Count)];

    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
        return list;
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
