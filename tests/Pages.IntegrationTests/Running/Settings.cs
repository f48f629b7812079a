using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Servers.Processes;
using LeftBehind.TestKit;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>The settings of a service of these tests, and its address.</summary>
internal sealed record Settings(IReadOnlyDictionary<string, string?> Values, Uri Grpc)
{
    private static readonly TestFolder Folder = TestFolder.Create();
    private static readonly LocalIssuer Issuer = LocalIssuer.OpenOrCreate(Folder.Of("issuer"));

    public static string Token(Role role) => Issuer.Issue("test", Department.Platform, role, OneProvince.Code);

    /// <summary>A channel to a service, as a caller with this role.</summary>
    public static GrpcChannel Channel(Uri address, Role role)
    {
        var credentials = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("Authorization", "Bearer " + Token(role));
            return Task.CompletedTask;
        });
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, credentials), UnsafeUseInsecureChannelCallCredentials = true,
        });
    }

    public static Settings For(string store, Uri broker, Uri? teller = null)
    {
        var grpc = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        var token = Folder.Of("service.token");
        File.WriteAllText(token, Token(Role.Service));
        return new(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Store"] = store,
            ["ConnectionStrings:RabbitMq"] = broker.AbsoluteUri,
            ["Kestrel:Endpoints:Grpc:Url"] = grpc.GetLeftPart(UriPartial.Authority),
            ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
            ["Auth:Issuer"] = Issuer.Issuer,
            ["Auth:Audience"] = Issuer.Audience,
            ["Auth:KeysFile"] = Issuer.KeysFile,
            ["Auth:ServiceTokenFile"] = token,
            [$"Sources:{Teller.Schema}:Grpc"] = teller?.GetLeftPart(UriPartial.Authority),
        }, grpc);
    }

    public Settings With(string name, string value) => this with { Values = new Dictionary<string, string?>(Values) { [name] = value } };

    public IReadOnlyDictionary<string, string?> AsEnvironment() => Values.ToDictionary(v => v.Key.Replace(":", "__", StringComparison.Ordinal), v => v.Value);
}
