namespace LeftBehind.Platform.Divisions.Proposals;

/// <summary>Names of places as lists write them. Pure.</summary>
internal static class PlaceNames
{
    private static readonly string[] Endings = ["村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "社区", "街道办事处", "街道"];

    /// <summary>The name without what kind of committee sits there, which lists write now one way, now another.</summary>
    public static string Bare(string name) => Endings.FirstOrDefault(e => name.Length > e.Length && name.EndsWith(e, StringComparison.Ordinal)) is { } ending ? name[..^ending.Length] : name;

    /// <summary>Whether one may be the other renamed: half of the shorter one is in the longer one.</summary>
    public static bool AreAlike(string one, string other)
    {
        var (a, b) = (Bare(one), Bare(other));
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        return shorter.Count(longer.Contains) * 2 >= shorter.Length;
    }
}
