using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Xunit;

namespace LeftBehind.Sealing.Tests;

public sealed class BlindIndexTests
{
    private static readonly BlindIndex Index = new(Keys.Bytes(1));

    [Fact]
    public void Equal_texts_meet_in_every_service_that_has_the_key()
    {
        var elsewhere = new BlindIndex(Keys.Bytes(1));
        Gen.String[1, 600].Sample(text => Index.Of("resident-id", text).AsSpan().SequenceEqual(elsewhere.Of("resident-id", text))
            && Index.ShortOf("resident-id", text) == new Guid(Index.Of("resident-id", text).AsSpan(0, 16), bigEndian: true));
    }

    [Fact]
    public void It_is_the_hmac_of_purpose_and_text()
    {
        var key = HKDF.Expand(HashAlgorithmName.SHA256, Keys.Bytes(1), 32, Encoding.UTF8.GetBytes("left-behind/blind-index"));
        Assert.Equal(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("phone\013800138000")), Index.Of("phone", "13800138000"));
    }

    [Fact]
    public void Another_text_purpose_or_key_gives_another_index()
    {
        byte[][] all =
        [
            Index.Of("resident-id", "11010519491231002X"), Index.Of("resident-id", "110105194912310021"),
            Index.Of("phone", "11010519491231002X"), new BlindIndex(Keys.Bytes(2)).Of("resident-id", "11010519491231002X"),
            new KeyedDigest(Keys.Bytes(1)).Of(Encoding.UTF8.GetBytes("resident-id\011010519491231002X")),
        ];
        Assert.Equal(all.Length, all.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(all, hash => Assert.Equal(32, hash.Length));
    }

    [Fact]
    public void An_empty_text_or_a_purpose_that_could_run_into_the_text_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Index.Of("resident-id", ""));
        Assert.Throws<ArgumentException>(() => Index.Of("", "x"));
        Assert.Throws<ArgumentException>(() => Index.Of("a\0b", "x"));
    }

    [Fact]
    public void A_digest_tells_repeated_content_from_changed()
    {
        var digest = new KeyedDigest(Keys.Bytes(1));
        Gen.Byte.Array[1, 500].Sample(content =>
        {
            var of = digest.Of(content);
            var same = new KeyedDigest(Keys.Bytes(1)).Matches(content, of);
            content[^1] ^= 1;
            return same && !digest.Matches(content, of) && !digest.Matches(content, of.AsSpan(1));
        });
    }
}
