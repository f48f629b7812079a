namespace LeftBehind.Population.World;

/// <summary>周岁 for those who are generated.</summary>
internal static class Ages
{
    /// <summary>Full years on a day; who was born on 29 February turns on 1 March in common years.</summary>
    public static int On(DateOnly born, DateOnly day) =>
        day.Year - born.Year - ((day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);
}
