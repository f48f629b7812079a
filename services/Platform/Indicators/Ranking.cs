namespace LeftBehind.Platform.Indicators;

/// <summary>Ranks shares: the greatest first, equals share a rank, and whoever has nothing to be judged by has none (0). Exact, without rounding. Pure.</summary>
internal static class Ranking
{
    public static IReadOnlyList<(T Row, int Rank)> Of<T>(IEnumerable<T> rows, Func<T, (long Have, long Of)> count)
    {
        var all = rows.Select(row => (Row: row, Count: count(row))).ToList();
        var judged = all.FindAll(r => r.Count.Of > 0);
        // A stable order, so that equals stay as they were given.
        var ranked = judged.OrderByDescending(r => r.Count, Comparer<(long Have, long Of)>.Create(Compare)).ToList();
        var rank = 0;
        return
        [
            .. ranked.Select((r, i) => (r.Row, rank = i > 0 && Compare(ranked[i - 1].Count, r.Count) == 0 ? rank : i + 1)),
            .. all.Where(r => r.Count.Of <= 0).Select(r => (r.Row, 0)),
        ];
    }

    private static int Compare((long Have, long Of) a, (long Have, long Of) b) => ((Int128)a.Have * b.Of).CompareTo((Int128)b.Have * a.Of);
}
