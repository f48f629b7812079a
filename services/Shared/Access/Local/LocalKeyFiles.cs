using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace LeftBehind.Access.Local;

/// <summary>The key of the local issuer as two files (RFC 7517, 7518 §6.2).</summary>
internal static class LocalKeyFiles
{
    public static void Create(string privateFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = key.ExportParameters(includePrivateParameters: true);
        var jwk = Public(parts);
        jwk["d"] = Base64UrlEncoder.Encode(parts.D);
        WriteForOwnerOnly(privateFile, jwk.ToJsonString());
    }

    public static void Publish(string privateFile, string publicFile)
    {
        using var key = Read(privateFile);
        var keys = new JsonObject { ["keys"] = new JsonArray(Public(key.ExportParameters(includePrivateParameters: false))) };
        File.WriteAllText(publicFile, keys.ToJsonString());
    }

    public static ECDsaSecurityKey Open(string privateFile)
    {
        var key = Read(privateFile);
        return new ECDsaSecurityKey(key) { KeyId = Public(key.ExportParameters(includePrivateParameters: false))["kid"]!.GetValue<string>() };
    }

    private static ECDsa Read(string privateFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(privateFile));
        byte[] Bytes(string name) => Base64UrlEncoder.DecodeBytes(document.RootElement.GetProperty(name).GetString());
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") },
            D = Bytes("d")
        });
    }

    private static JsonObject Public(ECParameters parts)
    {
        var (x, y) = (Base64UrlEncoder.Encode(parts.Q.X), Base64UrlEncoder.Encode(parts.Q.Y));
        var thumbprint = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""));
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = x,
            ["y"] = y,
            ["use"] = "sig",
            ["alg"] = SecurityAlgorithms.EcdsaSha256,
            ["kid"] = Base64UrlEncoder.Encode(thumbprint) // RFC 7638
        };
    }

    private static void WriteForOwnerOnly(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
