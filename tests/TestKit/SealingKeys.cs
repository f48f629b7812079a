using System.Security.Cryptography;

namespace LeftBehind.TestKit;

/// <summary>Keys that nobody else has, for a service that is composed by hand.</summary>
public static class SealingKeys
{
    /// <summary>As settings.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> New() => [.. ((string[])["Sealing:MasterKey", "Sealing:IndexKey"]).Select(name => KeyValuePair.Create(name, (string?)NewKey()))];

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
