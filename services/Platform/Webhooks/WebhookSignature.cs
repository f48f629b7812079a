using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeftBehind.Platform.Webhooks;

/// <summary>Signatures and secrets in the forms of Standard Webhooks. Pure.</summary>
internal static class WebhookSignature
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretSize = 32;

    /// <summary>How a secret is shown.</summary>
    public static string Shown(byte[] secret) => "whsec_" + Convert.ToBase64String(secret);

    /// <summary>The signature of a body that is sent under an id at a time.</summary>
    public static string Of(byte[] secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{Timestamp(at)}."));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>Seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
