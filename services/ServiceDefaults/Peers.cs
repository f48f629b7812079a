using Grpc.Core;
using Grpc.Net.Client;
using LeftBehind.Access;
using LeftBehind.Protos.Operations.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeftBehind.ServiceDefaults;

internal static class Peers
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Clients of the other services by name (<c>Sources:registry:Grpc</c>), with this service's own token. The token is read
    /// from a file at each call, as orchestrators renew such files in place.
    /// </summary>
    public static void AddPeers(this WebApplicationBuilder builder)
    {
        IConfiguration configuration = builder.Configuration;
        var channels = new System.Collections.Concurrent.ConcurrentDictionary<string, GrpcChannel>(StringComparer.Ordinal);
        GrpcChannel To(string service) => channels.GetOrAdd(service, name => Open(configuration, name));
        builder.Services.AddSingleton<Func<string, Source.SourceClient>>(service => new(To(service)));
        builder.Services.AddSingleton<Func<string, Lanes.LanesClient>>(service => new(To(service)));
        builder.Services.TryAddSingleton<IGrants>(new AskForGrants(service => new(To(service))));
    }

    private static GrpcChannel Open(IConfiguration configuration, string source)
    {
        var address = configuration[$"Sources:{source}:Grpc"] ?? throw new InvalidOperationException($"Sources:{source}:Grpc is missing.");
        var token = CallCredentials.FromInterceptor(async (context, metadata) =>
        {
            if (configuration["Auth:ServiceTokenFile"] is { Length: > 0 } file)
                metadata.Add("Authorization", "Bearer " + (await File.ReadAllTextAsync(file, context.CancellationToken)).Trim());
        });
        var secure = address.StartsWith("https:", StringComparison.Ordinal);
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Create(secure ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure, token),
            UnsafeUseInsecureChannelCallCredentials = !secure,
            MaxReceiveMessageSize = 4 * 1024 * 1024,
            // A peer that froze, or whose host is gone, answers no ping: its calls end, and whoever waits for them asks again.
            HttpHandler = new SocketsHttpHandler
            {
                KeepAlivePingDelay = Silence, KeepAlivePingTimeout = Silence, KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                EnableMultipleHttp2Connections = true, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            },
        });
    }
}
