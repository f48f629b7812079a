using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>
/// Keyed digest (HMAC-SHA-256) of content that must not be kept: the inbox tells a repeated row from a changed one by it.
/// Without the key nobody can guess the content and compare.
/// </summary>
public sealed class KeyedDigest
{
    private readonly KeyedHash _keyed;

    /// <summary>From the 32 bytes of <c>Sealing:IndexKey</c>; another key than the blind index's is derived.</summary>
    public KeyedDigest(byte[] indexKey) => _keyed = new(DerivedKey.Of(indexKey, "keyed-digest", 32));

    /// <summary>32 bytes.</summary>
    public byte[] Of(ReadOnlySpan<byte> content)
    {
        var hash = new byte[KeyedHash.Size];
        _keyed.Of(content, hash);
        return hash;
    }

    /// <summary>Whether the digest is that of the content, in constant time.</summary>
    public bool Matches(ReadOnlySpan<byte> content, ReadOnlySpan<byte> digest)
    {
        Span<byte> own = stackalloc byte[KeyedHash.Size];
        _keyed.Of(content, own);
        return CryptographicOperations.FixedTimeEquals(own, digest);
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(KeyedDigest);
}
