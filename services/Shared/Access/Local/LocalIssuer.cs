using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LeftBehind.Access.Local;

/// <summary>
/// An issuer of tokens for development and tests, never for an installation: one EC P-256 key in a folder, the private half readable
/// by its owner only, the public half as a JWKS file for <c>Auth:KeysFile</c>.
/// </summary>
public sealed class LocalIssuer
{
    private LocalIssuer(ECDsaSecurityKey key, string keysFile, string issuer, string audience)
    {
        Signing = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256);
        (KeysFile, Issuer, Audience) = (keysFile, issuer, audience);
    }

    /// <summary>The public JWKS file, for <c>Auth:KeysFile</c>.</summary>
    public string KeysFile { get; }

    /// <summary>For <c>Auth:Issuer</c>.</summary>
    public string Issuer { get; }

    /// <summary>For <c>Auth:Audience</c>.</summary>
    public string Audience { get; }

    internal SigningCredentials Signing { get; }

    /// <summary>Opens the issuer whose key lies in the folder, or makes a new key there.</summary>
    public static LocalIssuer OpenOrCreate(string folder, string issuer = "https://issuer.leftbehind.local", string audience = "leftbehind")
    {
        Directory.CreateDirectory(folder);
        var privateFile = Path.Combine(folder, "issuer-private.jwk");
        var publicFile = Path.Combine(folder, "issuer-public.jwks");
        if (!File.Exists(privateFile))
            LocalKeyFiles.Create(privateFile);
        if (!File.Exists(publicFile))
            LocalKeyFiles.Publish(privateFile, publicFile);
        return new LocalIssuer(LocalKeyFiles.Open(privateFile), publicFile, issuer, audience);
    }

    /// <summary>A signed token.</summary>
    /// <param name="subject">Who.</param>
    /// <param name="department">The department.</param>
    /// <param name="role">The role there.</param>
    /// <param name="divisionCode">The code of the caller's division.</param>
    /// <param name="source">Partner clients: the source system.</param>
    /// <param name="organisation">The organisation within the department.</param>
    /// <param name="lifetime">How long it is valid; one hour when not given.</param>
    /// <param name="now">When it is issued; the system's time when not given.</param>
    public string Issue(
        string subject, Department department, Role role, string divisionCode, string? source = null, string? organisation = null,
        TimeSpan? lifetime = null, DateTimeOffset? now = null)
    {
        var claims = new Dictionary<string, object>
        {
            [ClaimWords.Subject] = subject,
            [ClaimWords.Department] = ClaimWords.Word(department),
            [ClaimWords.Role] = ClaimWords.Word(role),
            [ClaimWords.Division] = divisionCode
        };
        if (source is not null)
            claims[ClaimWords.Source] = source;
        if (organisation is not null)
            claims[ClaimWords.Organisation] = organisation;
        return Sign(claims, lifetime ?? TimeSpan.FromHours(1), now ?? TimeProvider.System.GetUtcNow());
    }

    /// <summary>A signed token with just these claims: for tests of claims that are missing or unknown.</summary>
    public string Sign(IDictionary<string, object> claims, TimeSpan lifetime, DateTimeOffset now) =>
        Sign(claims, Issuer, Audience, now, now + lifetime, Signing);

    internal static string Sign(
        IDictionary<string, object> claims, string issuer, string audience, DateTimeOffset from, DateTimeOffset until, SigningCredentials? signing) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            IssuedAt = from.UtcDateTime,
            NotBefore = from.UtcDateTime,
            Expires = until.UtcDateTime,
            SigningCredentials = signing
        });
}
