using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>
/// The service's key that wraps the keys of persons. It never leaves the configuration; its id, derived from it, stands beside every
/// wrapped key, so that a later rotation knows what to wrap again. Good for 2³² wraps (SP 800-38D §8.3, random nonces).
/// </summary>
public sealed class MasterKey
{
    private readonly SealingSuites _suites;
    private readonly SharedCipher _cipher;

    /// <summary>From 32 random bytes.</summary>
    public MasterKey(byte[] key, SealingSuites? suites = null)
    {
        _suites = suites ?? SealingSuites.Default;
        _cipher = new SharedCipher(key, "wrap");
        Id = Convert.ToHexStringLower(DerivedKey.Of(key, "master-key-id", 8));
    }

    /// <summary>16 hexadecimal digits that tell master keys apart and say nothing of them.</summary>
    public string Id { get; }

    /// <summary>New keys, one a person, not yet stored. Their ids grow with time, which keeps index pages warm.</summary>
    public PersonKey[] CreateMany(int count, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var suite = _suites.Current;
        var random = new byte[count * suite.KeySize];
        RandomNumberGenerator.Fill(random);
        using var lease = _cipher.Rent(suite);
        var keys = new PersonKey[count];
        for (var i = 0; i < count; i++)
        {
            var key = random.AsSpan(i * suite.KeySize, suite.KeySize).ToArray();
            var keyId = Guid.CreateVersion7(now);
            var wrapped = new byte[Envelope.LengthFor(key.Length)];
            Envelope.Write(suite, lease.Cipher, Use.WrappedKey, keyId, key, wrapped);
            keys[i] = new PersonKey(keyId, suite, key, wrapped, Id);
        }

        CryptographicOperations.ZeroMemory(random);
        return keys;
    }

    /// <summary>Opens a stored key; an empty one was destroyed.</summary>
    internal PersonKey Unwrap(Guid keyId, byte[] wrapped, string masterKeyId)
    {
        if (wrapped.Length == 0)
            return PersonKey.Destroyed(keyId);
        if (masterKeyId != Id)
            throw new SealingException($"Person key {keyId} is wrapped by master key {masterKeyId}; this service has {Id}.");
        var suite = _suites.Of(wrapped[0]);
        using var lease = _cipher.Rent(suite);
        return Envelope.TryRead(lease.Cipher, Use.WrappedKey, keyId, wrapped, out var key)
            ? new PersonKey(keyId, suite, key, wrapped, masterKeyId)
            : throw new SealingException($"Person key {keyId} was changed where it is stored.");
    }

    /// <summary>The id alone.</summary>
    public override string ToString() => $"MasterKey({Id})";
}
