using LeftBehind.Access.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LeftBehind.Access.Tests;

public sealed class StartUpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("access-start-up").FullName;

    [Fact]
    public async Task A_gRPC_method_without_a_row_fails_start_up()
    {
        await using var app = Compose();
        app.MapGrpcService<ForgottenService>();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("leftbehind.registry.v1.Registry/Forgotten", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_HTTP_endpoint_that_names_no_row_fails_start_up()
    {
        await using var app = Compose();
        app.MapGet("/forgotten", () => "x");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("/forgotten", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_HTTP_endpoint_cannot_name_a_row_that_does_not_exist()
    {
        await using var app = Compose();

        Assert.Throws<InvalidOperationException>(() => app.MapGet("/x", () => "x").RequireAccess("leftbehind.registry.v1.Registry/Forgotten"));
    }

    [Fact]
    public async Task Without_an_audience_the_service_does_not_start()
    {
        await using var app = Compose(audience: "");

        await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null, null, null, "Auth:Authority or Auth:KeysFile is missing.")]
    [InlineData("https://issuer.example", null, null, null)]
    [InlineData("https://issuer.example", "keys.jwks", "i", "Auth:Authority and Auth:KeysFile exclude each other.")]
    [InlineData(null, "keys.jwks", null, "Auth:Issuer is missing; a keys file does not say whose keys they are.")]
    [InlineData(null, "no-such-file.jwks", "i", "The file of Auth:KeysFile does not exist.")]
    public void Settings_that_do_not_suffice_say_why(string? authority, string? keysFile, string? issuer, string? fault) =>
        Assert.Equal(fault, new AuthSettings { Authority = authority, KeysFile = keysFile, Issuer = issuer, Audience = "leftbehind" }.Fault());

    [Fact]
    public void The_local_issuers_private_key_is_its_owners_alone_and_stays_the_same()
    {
        var first = LocalIssuer.OpenOrCreate(_folder);
        var published = File.ReadAllText(first.KeysFile);
        LocalIssuer.OpenOrCreate(_folder);

        Assert.Equal(published, File.ReadAllText(first.KeysFile));
        Assert.DoesNotContain("\"d\"", published, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "issuer-private.jwk")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private WebApplication Compose(string audience = "leftbehind") =>
        RunningService.Compose(LocalIssuer.OpenOrCreate(_folder, audience: audience), new FakeTimeProvider());
}
