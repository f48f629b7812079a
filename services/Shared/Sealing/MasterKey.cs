using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>
/// The service's key that wraps the keys of persons. It never leaves the configuration; its id, derived from it, stands beside every
/// wrapped key. Former keys still open what they wrapped, until <see cref="WrapAgain"/> has wrapped it under this one.
/// Good for 2³² wraps (SP 800-38D §8.3, random nonces).
/// </summary>
public sealed class MasterKey
{
    private readonly SealingSuites _suites;
    private readonly Dictionary<string, SharedCipher> _ciphers;
    private readonly SharedCipher _cipher;

    /// <summary>From 32 random bytes; the former keys, likewise, only open.</summary>
    public MasterKey(byte[] key, SealingSuites? suites = null, IReadOnlyCollection<byte[]>? former = null)
    {
        _suites = suites ?? SealingSuites.Default;
        Id = IdOf(key);
        _ciphers = (former ?? []).Append(key).DistinctBy(IdOf).ToDictionary(IdOf, k => new SharedCipher(k, "wrap"));
        _cipher = _ciphers[Id];
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
        if (!_ciphers.TryGetValue(masterKeyId, out var cipher))
            throw new SealingException($"Person key {keyId} is wrapped by master key {masterKeyId}; this service has {string.Join(", ", _ciphers.Keys)}.");
        var suite = _suites.Of(wrapped[0]);
        using var lease = cipher.Rent(suite);
        return Envelope.TryRead(lease.Cipher, Use.WrappedKey, keyId, wrapped, out var key)
            ? new PersonKey(keyId, suite, key, wrapped, masterKeyId)
            : throw new SealingException($"Person key {keyId} was changed where it is stored.");
    }

    /// <summary>The stored key wrapped under this master key, whichever wrapped it before.</summary>
    internal byte[] WrapAgain(Guid keyId, byte[] wrapped, string masterKeyId)
    {
        var key = Unwrap(keyId, wrapped, masterKeyId);
        return key.Wrap((suite, plain) =>
        {
            using var lease = _cipher.Rent(suite);
            var again = new byte[Envelope.LengthFor(plain.Length)];
            Envelope.Write(suite, lease.Cipher, Use.WrappedKey, keyId, plain, again);
            return again;
        });
    }

    /// <summary>The id alone.</summary>
    public override string ToString() => $"MasterKey({Id})";

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(DerivedKey.Of(key, "master-key-id", 8));
}
