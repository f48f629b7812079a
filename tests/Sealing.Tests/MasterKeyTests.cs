using Xunit;

namespace LeftBehind.Sealing.Tests;

public sealed class MasterKeyTests
{
    private static readonly byte[] Text = [1, 2, 3];

    [Fact]
    public void Stored_keys_open_what_they_sealed()
    {
        foreach (var key in Keys.Master.CreateMany(100, Keys.Now))
        {
            // A second start of the service, from the same configuration.
            var stored = new MasterKey(Keys.Bytes(1)).Unwrap(key.KeyId, key.Wrapped, key.MasterKeyId);
            Assert.True(stored.TryUnseal(key.Seal(Text), out var read));
            Assert.Equal(Text, read);
        }
    }

    [Fact]
    public void Keys_are_unique()
    {
        var keys = Keys.Master.CreateMany(1000, Keys.Now);
        Assert.Equal(1000, keys.Select(key => key.KeyId).Distinct().Count());
        Assert.Equal(1000, keys.Select(key => Convert.ToHexString(key.Wrapped)).Distinct().Count());
        Assert.Empty(Keys.Master.CreateMany(0, Keys.Now));
    }

    [Fact]
    public void Another_master_key_is_named_and_refused()
    {
        var other = new MasterKey(Keys.Bytes(2));
        var key = Keys.NewPerson();
        Assert.NotEqual(Keys.Master.Id, other.Id);
        var error = Assert.Throws<SealingException>(() => other.Unwrap(key.KeyId, key.Wrapped, key.MasterKeyId));
        Assert.Contains(Keys.Master.Id, error.Message, StringComparison.Ordinal);
        Assert.Throws<SealingException>(() => other.Unwrap(key.KeyId, key.Wrapped, other.Id));
    }

    [Fact]
    public void A_former_master_key_still_opens_what_it_wrapped_until_it_is_wrapped_again()
    {
        var (key, rotated) = (Keys.NewPerson(), new MasterKey(Keys.Bytes(2), former: [Keys.Bytes(1)]));
        var before = key.Seal(Text);
        Assert.True(rotated.Unwrap(key.KeyId, key.Wrapped, key.MasterKeyId).TryUnseal(before, out _));

        var again = rotated.WrapAgain(key.KeyId, key.Wrapped, key.MasterKeyId);
        // The former key is gone from the configuration.
        Assert.True(new MasterKey(Keys.Bytes(2)).Unwrap(key.KeyId, again, rotated.Id).TryUnseal(before, out var read));
        Assert.Equal(Text, read);
        Assert.Throws<SealingException>(() => Keys.Master.Unwrap(key.KeyId, again, rotated.Id));
        Assert.Equal(rotated.Id, rotated.CreateMany(1, Keys.Now)[0].MasterKeyId);
        Assert.Empty(rotated.WrapAgain(key.KeyId, [], key.MasterKeyId));
    }

    [Fact]
    public void A_key_stored_under_another_id_is_refused()
    {
        var key = Keys.NewPerson();
        Assert.Throws<SealingException>(() => Keys.Master.Unwrap(Guid.NewGuid(), key.Wrapped, key.MasterKeyId));
    }

    [Fact]
    public void A_changed_stored_key_is_refused()
    {
        var key = Keys.NewPerson();
        for (var i = 0; i < key.Wrapped.Length; i++)
        {
            var changed = key.Wrapped.ToArray();
            changed[i] ^= 0x40;
            Assert.Throws<SealingException>(() => Keys.Master.Unwrap(key.KeyId, changed, key.MasterKeyId));
        }

        Assert.Throws<SealingException>(() => Keys.Master.Unwrap(key.KeyId, key.Wrapped[..20], key.MasterKeyId));
    }

    [Fact]
    public void An_emptied_key_is_destroyed() => Assert.True(Keys.Master.Unwrap(Guid.NewGuid(), [], Keys.Master.Id).IsDestroyed);

    [Fact]
    public void Many_threads_share_one_master_key() => Parallel.For(0, 2000, i =>
    {
        var key = Keys.Master.CreateMany(1, Keys.Now)[0];
        var stored = Keys.Master.Unwrap(key.KeyId, key.Wrapped, key.MasterKeyId);
        Assert.True(stored.TryUnseal(key.Seal(BitConverter.GetBytes(i)), out var read));
        Assert.Equal(i, BitConverter.ToInt32(read));
    });

    [Fact]
    public void Keys_of_an_older_suite_stay_readable_beside_a_newer_one()
    {
        var older = new MasterKey(Keys.Bytes(1), new SealingSuites(new AesGcmSuite()));
        var both = new MasterKey(Keys.Bytes(1), new SealingSuites(new SecondSuite(), new AesGcmSuite()));
        var oldKey = older.CreateMany(1, Keys.Now)[0];
        var newKey = both.CreateMany(1, Keys.Now)[0];
        Assert.Equal(SecondSuite.Number, newKey.Seal(Text).Suite);
        Assert.True(both.Unwrap(oldKey.KeyId, oldKey.Wrapped, both.Id).TryUnseal(oldKey.Seal(Text), out _));
        Assert.True(both.Unwrap(newKey.KeyId, newKey.Wrapped, both.Id).TryUnseal(newKey.Seal(Text), out _));
        Assert.Throws<SealingException>(() => older.Unwrap(newKey.KeyId, newKey.Wrapped, older.Id));
    }

    /// <summary>AES-128-GCM: another number and another key size, as SM4 has.</summary>
    private sealed class SecondSuite : ISealingSuite
    {
        public const byte Number = 2;

        public byte Id => Number;

        public int KeySize => 16;

        public ISealingCipher Open(ReadOnlySpan<byte> key) => new AesGcmSuite().Open(key);
    }
}
