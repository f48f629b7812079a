using LeftBehind.Contracts;
using Xunit;

namespace LeftBehind.Divisions.Tests;

public sealed class IdPrefixesTests
{
    private static readonly IdPrefixes Prefixes = IdPrefixes.Load(Shipped.File("id-prefixes.csv.gz"));

    [Fact]
    public void All_prefixes_ever_used_are_known()
    {
        Assert.Equal(6_436, Prefixes.Codes.Count);
        Assert.Equal("郴县", Prefixes.NameOf(432821));
        Assert.Null(Prefixes.NameOf(999999));
    }

    [Theory]
    [InlineData("432821194910010014", true)]
    [InlineData("999999194910010014", false)]
    [InlineData("4328211949", false)]
    [InlineData("", false)]
    public void An_abolished_prefix_is_known_and_an_invented_one_is_not(string number, bool known) =>
        Assert.Equal(known, Prefixes.Knows(ResidentIdNumber.Read(number)));
}
