using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeftBehind.Sealing;

/// <summary>
/// The data key of one person. All personal fields of the person that change together are best sealed together, as one payload.
/// Destroying the key erases them wherever they are stored.
/// </summary>
public sealed class PersonKey
{
    private readonly ISealingSuite? _suite;
    private readonly byte[]? _key;

    internal PersonKey(Guid keyId, ISealingSuite suite, byte[] key, byte[] wrapped, string masterKeyId)
    {
        KeyId = keyId;
        _suite = suite;
        _key = key;
        Wrapped = wrapped;
        MasterKeyId = masterKeyId;
    }

    private PersonKey(Guid keyId) => (KeyId, Wrapped, MasterKeyId) = (keyId, [], "");

    /// <summary>Stands in everything sealed under the key.</summary>
    public Guid KeyId { get; }

    /// <summary>The person was erased: nothing can be read any more.</summary>
    public bool IsDestroyed => _key is null;

    internal byte[] Wrapped { get; }

    internal string MasterKeyId { get; }

    /// <summary>What is left of a key that was destroyed.</summary>
    public static PersonKey Destroyed(Guid keyId) => new(keyId);

    /// <summary>Seals bytes; throws <see cref="KeyDestroyedException"/> after erasure.</summary>
    public Sealed Seal(ReadOnlySpan<byte> plain)
    {
        if (_key is null || _suite is null)
            throw new KeyDestroyedException(KeyId);
        using var cipher = _suite.Open(_key);
        return Sealed.With(_suite, cipher, Use.Person, KeyId, plain);
    }

    /// <summary>Seals a value as JSON.</summary>
    public Sealed SealJson<T>(T value)
    {
        var plain = SealedPayload.ToBytes(value);
        try
        {
            return Seal(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>
    /// Opens what this key sealed. False only when the key was destroyed, which is a fact to show as erased;
    /// data of another key or with a changed byte throws <see cref="SealingException"/>.
    /// </summary>
    public bool TryUnseal(Sealed value, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (value.KeyId != KeyId)
            throw new SealingException($"Data sealed under key {value.KeyId} was given to key {KeyId}.");
        if (_key is null || _suite is null)
            return false;
        using var cipher = _suite.Open(_key);
        return Envelope.TryRead(cipher, Use.Person, KeyId, value.Body, out plain)
            ? true
            : throw new SealingException($"Data sealed under key {KeyId} was changed or sealed by another key.");
    }

    /// <summary>Opens a value sealed as JSON; false only when the key was destroyed.</summary>
    public bool TryUnsealJson<T>(Sealed value, [NotNullWhen(true)] out T? content)
        where T : notnull
    {
        content = TryUnseal(value, out var plain) ? SealedPayload.From<T>(plain) : default;
        return plain is not null;
    }

    /// <summary>Hands the bare key to the master key that wraps it; what is destroyed has none.</summary>
    internal byte[] Wrap(Func<ISealingSuite, byte[], byte[]> wrap) => _key is null || _suite is null ? [] : wrap(_suite, _key);

    /// <summary>The key's id alone.</summary>
    public override string ToString() => $"PersonKey({KeyId}{(IsDestroyed ? ", destroyed" : "")})";
}

/// <summary>Personal data as JSON on its way into or out of a seal; errors never quote it.</summary>
internal static class SealedPayload
{
    // Chinese text unescaped takes half the bytes; the payload never meets HTML.
    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] ToBytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Compact);

    public static T From<T>(byte[] plain)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(plain, Compact) ?? throw new SealingException($"The sealed payload holds no {typeof(T).Name}.");
        }
        catch (JsonException)
        {
            throw new SealingException($"The sealed payload is not a {typeof(T).Name}.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
