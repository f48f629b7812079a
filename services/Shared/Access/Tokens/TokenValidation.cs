using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace LeftBehind.Access;

/// <summary>Which tokens are believed: signed with a private key nobody here holds, for this audience, of this issuer, at this time.</summary>
public sealed class TokenValidation(IOptions<AuthSettings> settings, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // No HS*: whoever checks such a token could also make it. "none" is not in the list, and unsigned tokens are refused besides.
    private static readonly string[] Algorithms =
        [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    /// <inheritdoc/>
    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name == JwtBearerDefaults.AuthenticationScheme)
            Configure(options);
    }

    /// <inheritdoc/>
    public void Configure(JwtBearerOptions options)
    {
        var auth = settings.Value;
        options.Authority = auth.Authority;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = Parameters(auth, time);
    }

    /// <summary>The rules for one set of settings.</summary>
    public static TokenValidationParameters Parameters(AuthSettings auth, TimeProvider time)
    {
        var parameters = new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuer = true,
            ValidIssuer = auth.Issuer,
            ValidateAudience = true,
            RequireAudience = true,
            ValidAudience = auth.Audience,
            ValidateIssuerSigningKey = true,
            ValidateLifetime = true,
            ClockSkew = ClockSkew,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires, time.GetUtcNow().UtcDateTime),
            NameClaimType = ClaimWords.Subject,
            RoleClaimType = ClaimWords.Role
        };
        if (auth.KeysFile is { Length: > 0 } path)
        {
            var file = new KeysFile(path);
            parameters.IssuerSigningKeyResolver = (_, _, _, _) => file.Current();
        }
        return parameters;
    }

    private static bool IsCurrent(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires is { } end && now < end + ClockSkew && (notBefore is not { } start || now >= start - ClockSkew);
}
