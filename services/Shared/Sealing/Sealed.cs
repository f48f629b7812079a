using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeftBehind.Sealing;

/// <summary>
/// Personal data as it is stored: readable only with the key it names, and no longer once that key is destroyed.
/// In JSON one base64url string of key id, suite, nonce, cipher text and tag (45 bytes more than the plain text).
/// </summary>
[JsonConverter(typeof(SealedJson))]
public sealed record Sealed
{
    private const int KeyIdSize = 16;

    private readonly byte[] _bytes;

    private Sealed(byte[] bytes) => _bytes = bytes;

    /// <summary>The key that opens it: a person's, or a recipient's.</summary>
    public Guid KeyId => new(_bytes.AsSpan(0, KeyIdSize), bigEndian: true);

    /// <summary>The suite that sealed it.</summary>
    public byte Suite => _bytes[KeyIdSize];

    /// <summary>The nonce, new for each sealing.</summary>
    public ReadOnlyMemory<byte> Nonce => _bytes.AsMemory(KeyIdSize + 1, ISealingSuite.NonceSize);

    /// <summary>Cipher text and tag.</summary>
    public ReadOnlyMemory<byte> Cipher => _bytes.AsMemory(KeyIdSize + 1 + ISealingSuite.NonceSize);

    /// <summary>All of it as bytes, for a bytea column.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    internal ReadOnlySpan<byte> Body => _bytes.AsSpan(KeyIdSize);

    /// <summary>Takes back what <see cref="Bytes"/> gave; false when it is too short to be sealed.</summary>
    public static bool TryFrom(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Sealed? value)
    {
        value = bytes.Length < KeyIdSize + Envelope.LengthFor(0) ? null : new Sealed(bytes.ToArray());
        return value is not null;
    }

    /// <summary>Takes back what <see cref="ToText"/> gave.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Sealed? value)
    {
        value = null;
        return text is not null && Base64Url.IsValid(text) && TryFrom(Base64Url.DecodeFromChars(text), out value);
    }

    /// <summary>One base64url string, as in JSON.</summary>
    public string ToText() => Base64Url.EncodeToString(_bytes);

    /// <inheritdoc/>
    public bool Equals(Sealed? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <summary>Of the nonce, which differs each time.</summary>
    public override int GetHashCode() => BitConverter.ToInt32(Nonce.Span);

    /// <summary>The key's id, nothing of the content.</summary>
    public override string ToString() => $"Sealed({KeyId})";

    internal static Sealed With(ISealingSuite suite, ISealingCipher cipher, Use use, Guid keyId, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[KeyIdSize + Envelope.LengthFor(plain.Length)];
        keyId.TryWriteBytes(bytes, bigEndian: true, out _);
        Envelope.Write(suite, cipher, use, keyId, plain, bytes.AsSpan(KeyIdSize));
        return new Sealed(bytes);
    }
}

internal sealed class SealedJson : JsonConverter<Sealed>
{
    public override Sealed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && Sealed.TryParse(reader.GetString(), out var value))
            return value;
        throw new JsonException("Expected sealed data as one base64url string.");
    }

    public override void Write(Utf8JsonWriter writer, Sealed value, JsonSerializerOptions options)
    {
        var bytes = value.Bytes.Span;
        var text = ArrayPool<byte>.Shared.Rent(Base64Url.GetEncodedLength(bytes.Length));
        var length = Base64Url.EncodeToUtf8(bytes, text);
        writer.WriteStringValue(text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
    }
}
