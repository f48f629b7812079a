namespace LeftBehind.Sealing;

/// <summary>
/// An authenticated cipher with a 12-byte nonce and a 16-byte tag. AES-256-GCM today; SM4-GCM, where commercial cryptography rules
/// ask for it (密码法, GM/T 0002), is another implementation with an <see cref="Id"/> of its own.
/// </summary>
public interface ISealingSuite
{
    /// <summary>Bytes of a nonce.</summary>
    const int NonceSize = 12;

    /// <summary>Bytes of a tag.</summary>
    const int TagSize = 16;

    /// <summary>Written in front of everything the suite seals; never reused for another suite.</summary>
    byte Id { get; }

    /// <summary>Bytes of a key.</summary>
    int KeySize { get; }

    /// <summary>Makes the cipher for a key; the key is copied.</summary>
    ISealingCipher Open(ReadOnlySpan<byte> key);
}

/// <summary>A cipher with its key. For one thread at a time.</summary>
public interface ISealingCipher : IDisposable
{
    /// <summary>Encrypts and authenticates; the cipher text is as long as the plain text.</summary>
    void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> cipher, Span<byte> tag, ReadOnlySpan<byte> associated);

    /// <summary>Decrypts, or answers false and leaves nothing behind when the key or any byte is another.</summary>
    bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> associated);
}

/// <summary>The suites a service can read, and the one it writes with.</summary>
public sealed class SealingSuites(ISealingSuite current, params ISealingSuite[] older)
{
    /// <summary>AES-256-GCM alone.</summary>
    public static SealingSuites Default { get; } = new(new AesGcmSuite());

    /// <summary>What new keys are made for.</summary>
    public ISealingSuite Current { get; } = current;

    /// <summary>The suite that wrote this id.</summary>
    public ISealingSuite Of(byte id) =>
        id == Current.Id ? Current : Array.Find(older, suite => suite.Id == id) ?? throw new SealingException($"Sealing suite {id} is not known here.");
}
