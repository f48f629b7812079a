using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LeftBehind.Access.Tests;

/// <summary>The keys file itself holds the key of every token here, so that the algorithm alone decides.</summary>
public sealed class AlgorithmTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly string _file = Path.GetTempFileName();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _ec384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly byte[] _shared = RandomNumberGenerator.GetBytes(64);

    [Theory]
    [InlineData("ES256", true)]
    [InlineData("RS256", true)]
    [InlineData("PS256", true)]
    [InlineData("HS256", false)]
    [InlineData("HS512", false)]
    [InlineData("RS512", false)]
    [InlineData("ES384", false)]
    public async Task Only_the_three_asymmetric_algorithms_are_believed(string algorithm, bool believed)
    {
        Publish("rsa", "ec", "ec384", "shared");

        Assert.Equal(believed, await Believes(Parameters(), algorithm));
    }

    [Fact]
    public async Task A_key_taken_out_of_the_file_is_believed_no_longer_without_a_restart()
    {
        Publish("rsa", "ec");
        var parameters = Parameters();
        Assert.True(await Believes(parameters, "RS256"));

        Publish("ec");
        File.SetLastWriteTimeUtc(_file, File.GetLastWriteTimeUtc(_file).AddSeconds(1));

        Assert.False(await Believes(parameters, "RS256"));
        Assert.True(await Believes(parameters, "ES256"));
    }

    [Fact]
    public async Task A_token_without_an_end_is_refused()
    {
        Publish("ec");

        Assert.False(await Believes(Parameters(), "ES256", expires: null));
    }

    public void Dispose()
    {
        File.Delete(_file);
        _rsa.Dispose();
        _ec.Dispose();
        _ec384.Dispose();
    }

    private TokenValidationParameters Parameters() =>
        TokenValidation.Parameters(new AuthSettings { KeysFile = _file, Issuer = "i", Audience = "a" }, new FakeTimeProvider(Now));

    private Task<bool> Believes(TokenValidationParameters parameters, string algorithm) =>
        Believes(parameters, algorithm, Now.UtcDateTime.AddHours(1));

    private async Task<bool> Believes(TokenValidationParameters parameters, string algorithm, DateTime? expires)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "i",
            Audience = "a",
            Expires = expires,
            SigningCredentials = new SigningCredentials(Key(algorithm), algorithm)
        });
        return (await handler.ValidateTokenAsync(token, parameters)).IsValid;
    }

    private SecurityKey Key(string algorithm) => algorithm switch
    {
        "ES256" => new ECDsaSecurityKey(_ec) { KeyId = "ec" },
        "ES384" => new ECDsaSecurityKey(_ec384) { KeyId = "ec384" },
        "HS256" or "HS512" => new SymmetricSecurityKey(_shared) { KeyId = "shared" },
        _ => new RsaSecurityKey(_rsa) { KeyId = "rsa" }
    };

    private void Publish(params string[] keys) =>
        File.WriteAllText(_file, new JsonObject { ["keys"] = new JsonArray([.. keys.Select(Jwk)]) }.ToJsonString());

    private JsonNode? Jwk(string kid)
    {
        string Text(byte[]? bytes) => Base64UrlEncoder.Encode(bytes);
        var (rsa, ec, ec384) = (_rsa.ExportParameters(false), _ec.ExportParameters(false).Q, _ec384.ExportParameters(false).Q);
        return JsonSerializer.SerializeToNode(kid switch
        {
            "rsa" => new Dictionary<string, string> { ["kid"] = kid, ["kty"] = "RSA", ["n"] = Text(rsa.Modulus), ["e"] = Text(rsa.Exponent) },
            "ec" => new Dictionary<string, string> { ["kid"] = kid, ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Text(ec.X), ["y"] = Text(ec.Y) },
            "ec384" => new Dictionary<string, string> { ["kid"] = kid, ["kty"] = "EC", ["crv"] = "P-384", ["x"] = Text(ec384.X), ["y"] = Text(ec384.Y) },
            _ => new Dictionary<string, string> { ["kid"] = kid, ["kty"] = "oct", ["k"] = Text(_shared) }
        });
    }
}
