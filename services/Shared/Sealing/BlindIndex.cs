using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace LeftBehind.Sealing;

/// <summary>
/// Keyed hash (HMAC-SHA-256) of a normalised identifier, to find it again without storing it. Services that must compare share the
/// index key. The purpose keeps hashes of different kinds apart, so equal texts of two kinds do not show as equal.
/// </summary>
public sealed class BlindIndex
{
    private readonly KeyedHash _keyed;

    /// <summary>From the 32 bytes of <c>Sealing:IndexKey</c>.</summary>
    public BlindIndex(byte[] indexKey) => _keyed = new(DerivedKey.Of(indexKey, "blind-index", 32));

    /// <summary>32 bytes.</summary>
    public byte[] Of(string purpose, string normalised)
    {
        var hash = new byte[KeyedHash.Size];
        Hash(purpose, normalised, hash);
        return hash;
    }

    /// <summary>The first 16 bytes as a uuid, for a narrow unique column; collisions by chance stay out of reach below 2⁶⁰ rows.</summary>
    public Guid ShortOf(string purpose, string normalised)
    {
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        Hash(purpose, normalised, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(BlindIndex);

    private void Hash(string purpose, string normalised, Span<byte> hash)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentException.ThrowIfNullOrEmpty(normalised);
        if (purpose.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A purpose holds no zero character.", nameof(purpose));
        var size = Encoding.UTF8.GetMaxByteCount(purpose.Length + 1 + normalised.Length);
        var rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var text = rented ?? stackalloc byte[512];
        var length = Encoding.UTF8.GetBytes(purpose, text);
        text[length++] = 0;
        length += Encoding.UTF8.GetBytes(normalised, text[length..]);
        _keyed.Of(text[..length], hash);
        CryptographicOperations.ZeroMemory(text[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
