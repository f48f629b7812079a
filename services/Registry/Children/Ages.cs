namespace LeftBehind.Registry.Children;

/// <summary>周岁: full years, reached on the birthday; 29 February counts as 1 March in common years.</summary>
public static class Ages
{
    /// <summary>A minor is under 18 (未保法 §2).</summary>
    public const int Adult = 18;

    /// <summary>The day on which an age is reached.</summary>
    public static DateOnly Birthday(DateOnly born, int age) =>
        born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(born.Year + age) ? new(born.Year + age, 3, 1) : new(born.Year + age, born.Month, born.Day);

    /// <summary>Whether somebody is still under an age on a day.</summary>
    public static bool IsUnder(DateOnly born, int age, DateOnly on) => on < Birthday(born, age);
}
