using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

public sealed class PageTokenTests
{
    [Fact]
    public void A_token_is_read_as_it_was_written()
    {
        var token = new PageToken(4310031012182023_5, Guid.NewGuid());
        Assert.Equal(token, PageToken.Read(token.ToString()));
    }

    [Fact]
    public void No_token_is_the_first_page() => Assert.Equal(new PageToken(0, Guid.Empty), PageToken.Read(""));

    [Theory]
    [InlineData("x")]
    [InlineData("not!a!token!of!this!list!at!all!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("子子子子子子子子子子子子子子子子子子子子子子子子子子子子子子子子")]
    public void Anything_else_is_no_token(string text) => Assert.Null(PageToken.Read(text));
}
