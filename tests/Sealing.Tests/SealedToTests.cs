using System.Text.Json;
using Xunit;

namespace LeftBehind.Sealing.Tests;

public sealed class SealedToTests
{
    private static readonly byte[] Text = [1, 2, 3];
    private static readonly SealedTo Registry = new("registry", Keys.Bytes(3));

    [Fact]
    public void The_recipient_opens_what_another_service_sealed()
    {
        var there = new SealedTo("registry", Keys.Bytes(3));
        var json = JsonSerializer.Serialize(Registry.SealJson("李小明"));
        Assert.Equal("李小明", there.UnsealJson<string>(JsonSerializer.Deserialize<Sealed>(json)!));
        Assert.Equal(Text, there.Unseal(Registry.Seal(Text)));
        Assert.NotEqual(Registry.Seal(Text), Registry.Seal(Text));
    }

    [Fact]
    public void Another_recipient_or_key_does_not_open_it()
    {
        Assert.Throws<SealingException>(() => new SealedTo("police", Keys.Bytes(3)).Unseal(Registry.Seal(Text)));
        Assert.Throws<SealingException>(() => new SealedTo("registry", Keys.Bytes(4)).Unseal(Registry.Seal(Text)));
        Assert.Throws<SealingException>(() => Registry.Unseal(Keys.NewPerson().Seal(Text)));
    }

    [Fact]
    public void A_changed_byte_is_noticed()
    {
        var bytes = Registry.Seal(Text).Bytes.ToArray();
        bytes[^1] ^= 1;
        Assert.True(Sealed.TryFrom(bytes, out var changed));
        Assert.Throws<SealingException>(() => Registry.Unseal(changed));
    }

    [Fact]
    public void Many_threads_share_it() => Parallel.For(0, 2000, i =>
        Assert.Equal(i, BitConverter.ToInt32(Registry.Unseal(Registry.Seal(BitConverter.GetBytes(i))))));
}
