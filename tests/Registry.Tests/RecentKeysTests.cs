using LeftBehind.Intake;

namespace LeftBehind.Registry.Tests;

public sealed class RecentKeysTests
{
    [Fact]
    public void A_number_named_again_has_the_key_that_was_made_for_it()
    {
        var made = 0;
        var keys = new RecentKeys(_ => { made++; return Guid.NewGuid(); });
        Assert.Equal(keys.Of("population-base/H1"), keys.Of("population-base/H1"));
        Assert.NotEqual(keys.Of("population-base/H1"), keys.Of("population-base/H2"));
        Assert.Equal(2, made);
    }

    [Fact]
    public void What_was_forgotten_is_made_again_and_is_the_same()
    {
        var made = 0;
        var keys = new RecentKeys(number => { made++; return new Guid(int.Parse(number, null), 0, 0, new byte[8]); });
        foreach (var number in Enumerable.Range(0, 50_000).Concat(Enumerable.Range(0, 50_000)))
            Assert.Equal(new Guid(number, 0, 0, new byte[8]), keys.Of($"{number}"));
        Assert.InRange(made, 60_001, 100_000);
    }
}
