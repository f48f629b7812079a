using System.Security.Cryptography;

namespace LeftBehind.Sealing;

/// <summary>
/// Personal data on its way to one other service, sealed under a key the two share (a pupil's identity, to Registry for matching).
/// The recipient opens it and seals it anew under the person's own key; what lies on the bus cannot be erased there, so it is kept short.
/// Safe for many threads.
/// </summary>
public sealed class SealedTo
{
    private readonly SealingSuites _suites;
    private readonly SharedCipher _cipher;
    private readonly Guid _keyId;
    private readonly string _recipient;

    /// <summary>For a recipient by name, from 32 shared random bytes.</summary>
    public SealedTo(string recipient, byte[] key, SealingSuites? suites = null)
    {
        _recipient = recipient;
        _suites = suites ?? SealingSuites.Default;
        _cipher = new SharedCipher(key, "recipient/" + recipient);
        _keyId = new Guid(DerivedKey.Of(key, "recipient-key-id/" + recipient, 16), bigEndian: true);
    }

    /// <summary>Seals bytes.</summary>
    public Sealed Seal(ReadOnlySpan<byte> plain)
    {
        using var lease = _cipher.Rent(_suites.Current);
        return Sealed.With(_suites.Current, lease.Cipher, Use.Recipient, _keyId, plain);
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

    /// <summary>Opens bytes; throws <see cref="SealingException"/> when they were sealed to another or changed.</summary>
    public byte[] Unseal(Sealed value)
    {
        if (value.KeyId != _keyId)
            throw new SealingException($"Data sealed under key {value.KeyId} is not for {_recipient}.");
        using var lease = _cipher.Rent(_suites.Of(value.Suite));
        return Envelope.TryRead(lease.Cipher, Use.Recipient, _keyId, value.Body, out var plain)
            ? plain
            : throw new SealingException($"Data sealed to {_recipient} was changed.");
    }

    /// <summary>Opens a value sealed as JSON.</summary>
    public T UnsealJson<T>(Sealed value) => SealedPayload.From<T>(Unseal(value));

    /// <summary>The recipient's name alone.</summary>
    public override string ToString() => $"SealedTo({_recipient})";
}
