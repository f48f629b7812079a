using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace LeftBehind.Access.Local;

/// <summary>Tokens that must be refused, each wrong in one way; for tests of a service from outside.</summary>
public static class BadTokens
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>All of them by name. The claims are those of an officer whom a good token would let in.</summary>
    public static IReadOnlyDictionary<string, string> All(LocalIssuer issuer, IDictionary<string, object> claims, DateTimeOffset now)
    {
        string Signed(string by, string audience, DateTimeOffset from, DateTimeOffset until, SigningCredentials? signing) =>
            LocalIssuer.Sign(claims, by, audience, from, until, signing);

        var good = Signed(issuer.Issuer, issuer.Audience, now, now + Hour, issuer.Signing);
        var parts = good.Split('.');
        return new Dictionary<string, string>
        {
            ["expired"] = Signed(issuer.Issuer, issuer.Audience, now - Hour - Hour, now - Hour, issuer.Signing),
            ["not yet valid"] = Signed(issuer.Issuer, issuer.Audience, now + Hour, now + Hour + Hour, issuer.Signing),
            ["wrong issuer"] = Signed("https://elsewhere.example", issuer.Audience, now, now + Hour, issuer.Signing),
            ["wrong audience"] = Signed(issuer.Issuer, "another-system", now, now + Hour, issuer.Signing),
            ["wrong key"] = Signed(issuer.Issuer, issuer.Audience, now, now + Hour, StrangeKey(issuer.Signing.Key.KeyId)),
            ["alg none"] = Signed(issuer.Issuer, issuer.Audience, now, now + Hour, null),
            ["HS256 with the public key as secret"] = Signed(issuer.Issuer, issuer.Audience, now, now + Hour, PublicKeyAsSecret(issuer)),
            ["signature cut off"] = $"{parts[0]}.{parts[1]}.",
            ["claims changed"] = $"{parts[0]}.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("{\"sub\":\"x\"}"))}.{parts[2]}",
            ["not a token"] = "not-a-token"
        };
    }

    private static SigningCredentials StrangeKey(string keyId) =>
        new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256);

    // The classic confusion: a verifier that lets the token choose the algorithm takes its own public key for a shared secret.
    private static SigningCredentials PublicKeyAsSecret(LocalIssuer issuer) =>
        new(new SymmetricSecurityKey(File.ReadAllBytes(issuer.KeysFile)) { KeyId = issuer.Signing.Key.KeyId }, SecurityAlgorithms.HmacSha256);
}
