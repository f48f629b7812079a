using System.Text;
using CsCheck;
using Xunit;

namespace LeftBehind.Sealing.Tests;

public sealed class PersonKeyTests
{
    private static readonly byte[] Name = Encoding.UTF8.GetBytes("李小明");

    [Fact]
    public void What_was_sealed_comes_back() => Gen.Byte.Array[0, 3000].Sample(plain =>
    {
        var key = Keys.NewPerson();
        return key.TryUnseal(key.Seal(plain), out var read) && read.AsSpan().SequenceEqual(plain);
    });

    [Fact]
    public void A_value_comes_back_from_json()
    {
        var key = Keys.NewPerson();
        var identity = new Identity("李小明", "11010519491231002X", null);
        Assert.True(key.TryUnsealJson<Identity>(key.SealJson(identity), out var read));
        Assert.Equal(identity, read);
    }

    [Fact]
    public void The_same_text_is_sealed_differently_each_time()
    {
        var key = Keys.NewPerson();
        var nonces = Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(key.Seal(Name).Nonce.Span)).ToHashSet();
        Assert.Equal(1000, nonces.Count);
        Assert.NotEqual(key.Seal(Name), key.Seal(Name));
    }

    [Fact]
    public void Another_key_does_not_open_it()
    {
        var value = Keys.NewPerson().Seal(Name);
        Assert.Throws<SealingException>(() => Keys.NewPerson().TryUnseal(value, out _));
    }

    [Fact]
    public void Another_key_that_claims_the_same_id_does_not_open_it()
    {
        var value = Keys.NewPerson().Seal(Name);
        var impostor = new PersonKey(value.KeyId, new AesGcmSuite(), Keys.Bytes(7), [], "");
        Assert.Throws<SealingException>(() => impostor.TryUnseal(value, out _));
    }

    [Fact]
    public void The_key_id_is_bound_into_the_seal()
    {
        var suite = new AesGcmSuite();
        var key = new PersonKey(Guid.NewGuid(), suite, Keys.Bytes(7), [], "");
        var sameBytesOtherId = new PersonKey(Guid.NewGuid(), suite, Keys.Bytes(7), [], "");
        var bytes = key.Seal(Name).Bytes.ToArray();
        sameBytesOtherId.KeyId.TryWriteBytes(bytes, bigEndian: true, out _);
        Assert.True(Sealed.TryFrom(bytes, out var swapped));
        Assert.Throws<SealingException>(() => sameBytesOtherId.TryUnseal(swapped, out _));
    }

    [Fact]
    public void Any_changed_bit_is_noticed()
    {
        var key = Keys.NewPerson();
        var whole = key.Seal(Name).Bytes.ToArray();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var changed = whole.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(Sealed.TryFrom(changed, out var value));
            Assert.Throws<SealingException>(() => key.TryUnseal(value, out _));
        }
    }

    [Fact]
    public void A_destroyed_key_opens_and_seals_nothing()
    {
        var key = Keys.NewPerson();
        var value = key.Seal(Name);
        var destroyed = PersonKey.Destroyed(key.KeyId);
        Assert.True(destroyed.IsDestroyed);
        Assert.False(destroyed.TryUnseal(value, out var plain));
        Assert.Null(plain);
        Assert.False(destroyed.TryUnsealJson<Identity>(value, out _));
        Assert.Throws<KeyDestroyedException>(() => destroyed.Seal(Name));
    }

    [Fact]
    public void A_payload_of_another_shape_is_refused_without_being_quoted()
    {
        var key = Keys.NewPerson();
        var error = Assert.Throws<SealingException>(() => key.TryUnsealJson<Identity>(key.SealJson("李小明"), out _));
        Assert.DoesNotContain("李小明", error.ToString(), StringComparison.Ordinal);
    }

    internal sealed record Identity(string Name, string Number, string? Phone);
}
