using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>
/// HMAC-SHA-256 under one key, of many short texts. The state that is made of the key costs more to make than such a text to hash,
/// so it is used again.
/// </summary>
internal sealed class KeyedHash(byte[] key)
{
    public const int Size = HMACSHA256.HashSizeInBytes;

    private readonly ConcurrentBag<IncrementalHash> idle = [];

    public void Of(ReadOnlySpan<byte> content, Span<byte> hash)
    {
        var state = idle.TryTake(out var used) ? used : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        state.AppendData(content);
        state.GetHashAndReset(hash);
        idle.Add(state);
    }
}
