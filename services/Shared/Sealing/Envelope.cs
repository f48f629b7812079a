using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>What a sealed thing is for; bound into it, so one kind never passes for another.</summary>
internal enum Use : byte
{
    Person = (byte)'p',
    Recipient = (byte)'r',
    WrappedKey = (byte)'w',
}

/// <summary>The bytes of everything sealed: suite id, nonce, cipher text, tag. Use, suite and key id are authenticated beside it.</summary>
internal static class Envelope
{
    private const int Overhead = 1 + ISealingSuite.NonceSize + ISealingSuite.TagSize;
    private const int NoncesInStock = 128;

    [ThreadStatic]
    private static byte[]? _nonces;

    [ThreadStatic]
    private static int _noncesLeft;

    public static int LengthFor(int plain) => Overhead + plain;

    public static void Write(ISealingSuite suite, ISealingCipher cipher, Use use, Guid keyId, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        Span<byte> associated = stackalloc byte[AssociatedSize];
        Associate(associated, use, suite.Id, keyId);
        target[0] = suite.Id;
        var nonce = target.Slice(1, ISealingSuite.NonceSize);
        NewNonce(nonce);
        var tagAt = target.Length - ISealingSuite.TagSize;
        cipher.Encrypt(nonce, plain, target[(1 + ISealingSuite.NonceSize)..tagAt], target[tagAt..], associated);
    }

    /// <summary>False when the bytes are too short, or were not sealed so by this key.</summary>
    public static bool TryRead(ISealingCipher cipher, Use use, Guid keyId, ReadOnlySpan<byte> envelope, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (envelope.Length < Overhead)
            return false;
        Span<byte> associated = stackalloc byte[AssociatedSize];
        Associate(associated, use, envelope[0], keyId);
        var tagAt = envelope.Length - ISealingSuite.TagSize;
        var read = new byte[envelope.Length - Overhead];
        if (!cipher.TryDecrypt(envelope.Slice(1, ISealingSuite.NonceSize), envelope[(1 + ISealingSuite.NonceSize)..tagAt], envelope[tagAt..], read, associated))
            return false;
        plain = read;
        return true;
    }

    private const int AssociatedSize = 2 + 16;

    private static void Associate(Span<byte> associated, Use use, byte suite, Guid keyId)
    {
        associated[0] = (byte)use;
        associated[1] = suite;
        keyId.TryWriteBytes(associated[2..], bigEndian: true, out _);
    }

    /// <summary>Random nonces, drawn for many at once: a draw from the system costs more than the encryption of a name.</summary>
    private static void NewNonce(Span<byte> nonce)
    {
        if (_noncesLeft == 0)
        {
            _nonces ??= new byte[NoncesInStock * ISealingSuite.NonceSize];
            RandomNumberGenerator.Fill(_nonces);
            _noncesLeft = NoncesInStock;
        }

        _noncesLeft--;
        _nonces.AsSpan(_noncesLeft * ISealingSuite.NonceSize, ISealingSuite.NonceSize).CopyTo(nonce);
    }
}
