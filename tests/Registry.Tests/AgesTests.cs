using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests;

public sealed class AgesTests
{
    [Theory]
    [InlineData("2010-03-02", 16, "2026-03-02")]
    [InlineData("2008-12-31", 18, "2026-12-31")]
    [InlineData("2012-02-29", 16, "2028-02-29")]
    [InlineData("2008-02-29", 18, "2026-03-01")]
    [InlineData("2020-02-29", 6, "2026-03-01")]
    [InlineData("2084-02-29", 16, "2100-03-01")]
    public void An_age_is_reached_on_the_birthday_and_29_February_on_1_March_of_common_years(string born, int age, string reached)
    {
        var day = DateOnly.Parse(reached, null);
        Assert.Equal(day, Ages.Birthday(DateOnly.Parse(born, null), age));
        Assert.True(Ages.IsUnder(DateOnly.Parse(born, null), age, day.AddDays(-1)));
        Assert.False(Ages.IsUnder(DateOnly.Parse(born, null), age, day));
    }
}
