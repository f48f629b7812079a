using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>AES-256-GCM (NIST SP 800-38D).</summary>
public sealed class AesGcmSuite : ISealingSuite
{
    /// <inheritdoc/>
    public byte Id => 1;

    /// <inheritdoc/>
    public int KeySize => 32;

    /// <inheritdoc/>
    public ISealingCipher Open(ReadOnlySpan<byte> key) => new Cipher(key);

    private sealed class Cipher(ReadOnlySpan<byte> key) : ISealingCipher
    {
        private readonly AesGcm _aes = new(key, ISealingSuite.TagSize);

        public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> cipher, Span<byte> tag, ReadOnlySpan<byte> associated) =>
            _aes.Encrypt(nonce, plain, cipher, tag, associated);

        public bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> associated)
        {
            try
            {
                _aes.Decrypt(nonce, cipher, tag, plain, associated);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                return false;
            }
        }

        public void Dispose() => _aes.Dispose();
    }
}
