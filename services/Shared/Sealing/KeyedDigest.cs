using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>
/// Keyed digest (HMAC-SHA-256) of content that must not be kept: the inbox tells a repeated row from a changed one by it.
/// Without the key nobody can guess the content and compare.
/// </summary>
public sealed class KeyedDigest
{
    private readonly byte[] _key;

    /// <summary>From the 32 bytes of <c>Sealing:IndexKey</c>; another key than the blind index's is derived.</summary>
    public KeyedDigest(byte[] indexKey) => _key = DerivedKey.Of(indexKey, "keyed-digest", 32);

    /// <summary>32 bytes.</summary>
    public byte[] Of(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key, content);

    /// <summary>Whether the digest is that of the content, in constant time.</summary>
    public bool Matches(ReadOnlySpan<byte> content, ReadOnlySpan<byte> digest)
    {
        Span<byte> own = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, content, own);
        return CryptographicOperations.FixedTimeEquals(own, digest);
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(KeyedDigest);
}
