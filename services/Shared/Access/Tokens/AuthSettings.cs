namespace LeftBehind.Access;

/// <summary>Configuration section <c>Auth</c>: whose tokens are believed.</summary>
public sealed class AuthSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Auth";

    /// <summary>An OIDC issuer, whose keys are found by discovery over HTTPS.</summary>
    public string? Authority { get; init; }

    /// <summary>A JWKS file with public keys, for installations without discovery and for development. Read again when it changes.</summary>
    public string? KeysFile { get; init; }

    /// <summary>The issuer in the tokens; needed with a keys file.</summary>
    public string? Issuer { get; init; }

    /// <summary>The audience that tokens must be made for; always needed.</summary>
    public string? Audience { get; init; }

    /// <summary>Why these settings do not suffice, or null.</summary>
    public string? Fault() => this switch
    {
        { Audience: null or "" } => "Auth:Audience is missing.",
        { Authority: { Length: > 0 }, KeysFile: { Length: > 0 } } => "Auth:Authority and Auth:KeysFile exclude each other.",
        { Authority: { Length: > 0 } } => null,
        { KeysFile: null or "" } => "Auth:Authority or Auth:KeysFile is missing.",
        { Issuer: null or "" } => "Auth:Issuer is missing; a keys file does not say whose keys they are.",
        _ => File.Exists(KeysFile) ? null : "The file of Auth:KeysFile does not exist."
    };
}
