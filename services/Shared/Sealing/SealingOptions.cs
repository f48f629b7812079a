using Microsoft.Extensions.Configuration;

namespace LeftBehind.Sealing;

/// <summary>
/// The keys from configuration, each 32 random bytes in base64: <c>Sealing:MasterKey</c> (this service's own; <c>Sealing:FormerMasterKeys:0</c>
/// and on while keys are wrapped again), <c>Sealing:IndexKey</c> (this service's own), <c>Sealing:RegistryKey</c> (where data is sealed
/// to Registry, and ID numbers are compared with it).
/// </summary>
public sealed class SealingOptions
{
    /// <summary>Bytes of each key.</summary>
    public const int KeySize = 32;

    private SealingOptions(byte[] masterKey, IReadOnlyList<byte[]> former, byte[] indexKey, byte[]? registryKey) =>
        (MasterKey, FormerMasterKeys, IndexKey, RegistryKey) = (masterKey, former, indexKey, registryKey);

    /// <summary>Wraps the keys of persons.</summary>
    public byte[] MasterKey { get; }

    /// <summary>Wrapped keys of persons before; still open them.</summary>
    public IReadOnlyList<byte[]> FormerMasterKeys { get; }

    /// <summary>Makes blind indexes and digests.</summary>
    public byte[] IndexKey { get; }

    /// <summary>Shared with Registry; null in a service that sends it nothing sealed.</summary>
    public byte[]? RegistryKey { get; }

    /// <summary>Reads the keys at start-up; throws <see cref="InvalidOperationException"/> that names every key that is missing or wrong, and shows none.</summary>
    public static SealingOptions From(IConfiguration configuration, bool needsRegistryKey = false)
    {
        var wrong = new List<string>();
        var master = Key(configuration, "Sealing:MasterKey", required: true, wrong);
        var former = configuration.GetSection("Sealing:FormerMasterKeys").GetChildren().Select(k => Key(configuration, k.Path, required: true, wrong)).ToList();
        var index = Key(configuration, "Sealing:IndexKey", required: true, wrong);
        var registry = Key(configuration, "Sealing:RegistryKey", needsRegistryKey, wrong);
        return wrong.Count == 0
            ? new SealingOptions(master!, former!, index!, registry)
            : throw new InvalidOperationException(
                $"Sealing cannot start: {string.Join("; ", wrong)}. Each key is {KeySize} random bytes in base64 (openssl rand -base64 {KeySize}).");
    }

    /// <summary>Shows no key.</summary>
    public override string ToString() => nameof(SealingOptions);

    private static byte[]? Key(IConfiguration configuration, string name, bool required, List<string> wrong)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required)
                wrong.Add($"{name} is missing");
            return null;
        }

        var key = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, key, out var size))
            wrong.Add($"{name} is not base64");
        else if (size != KeySize)
            wrong.Add($"{name} has {size} bytes, not {KeySize}");
        else if (!key.AsSpan(0, size).ContainsAnyExcept((byte)0))
            wrong.Add($"{name} is all zeros");
        return key[..size];
    }
}
