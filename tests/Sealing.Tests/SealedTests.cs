using System.Text;
using System.Text.Json;
using Xunit;

namespace LeftBehind.Sealing.Tests;

public sealed class SealedTests
{
    private const string Planted = "苏仙区白露塘镇麻田村7组";

    [Fact]
    public void In_json_it_is_one_base64url_string()
    {
        var key = Keys.NewPerson();
        var value = key.Seal(Encoding.UTF8.GetBytes(Planted));
        var json = JsonSerializer.Serialize(new Holder(value));
        Assert.Matches("^\\{\"Address\":\"[A-Za-z0-9_-]+\"\\}$", json);
        var read = JsonSerializer.Deserialize<Holder>(json)!.Address;
        Assert.Equal(value, read);
        Assert.Equal(value.GetHashCode(), read.GetHashCode());
        Assert.Equal(key.KeyId, read.KeyId);
        Assert.True(Sealed.TryParse(value.ToText(), out var parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("{\"Address\":\"\"}")]
    [InlineData("{\"Address\":\"AAAA\"}")]
    [InlineData("{\"Address\":\"苏仙区\"}")]
    [InlineData("{\"Address\":7}")]
    [InlineData("{\"Address\":{}}")]
    public void Anything_else_is_refused_without_being_quoted(string json)
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Holder>(json));
        Assert.DoesNotContain("苏仙区", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_holds_keys_or_plain_text_shows_them()
    {
        var key = Keys.NewPerson();
        var value = key.Seal(Encoding.UTF8.GetBytes(Planted));
        var to = new SealedTo("registry", Keys.Bytes(3));
        object[] holders =
        [
            key, value, Keys.Master, to, to.Seal(Encoding.UTF8.GetBytes(Planted)), new BlindIndex(Keys.Bytes(1)),
            new KeyedDigest(Keys.Bytes(1)), new Holder(value), PersonKey.Destroyed(key.KeyId),
        ];
        string[] secrets = [Planted, .. new[] { Encoding.UTF8.GetBytes(Planted), Keys.Bytes(1), Keys.Bytes(3) }.Select(Convert.ToBase64String)];
        Assert.All(holders, holder =>
        {
            var shown = holder + JsonSerializer.Serialize(holder, holder.GetType());
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
        });
    }

    internal sealed record Holder(Sealed Address);
}
