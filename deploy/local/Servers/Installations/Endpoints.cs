using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeftBehind.Servers.Installations;

/// <summary>endpoints.json: where a running installation listens. It holds no password.</summary>
public static class Endpoints
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>gRPC and HTTP address of each service of the installation that runs in the folder; empty when none runs.</summary>
    public static IReadOnlyDictionary<string, (Uri Grpc, Uri Http)> Read(string folder)
    {
        if (!File.Exists(PathIn(folder)))
            return new Dictionary<string, (Uri, Uri)>();
        return JsonNode.Parse(File.ReadAllText(PathIn(folder)))!.AsObject()
            .Where(entry => entry.Value?["grpc"] is not null)
            .ToDictionary(entry => entry.Key, entry => (new Uri((string)entry.Value!["grpc"]!), new Uri((string)entry.Value!["http"]!)));
    }

    internal static async Task WriteAsync(string folder, Installation installation, CancellationToken cancellation)
    {
        var all = new JsonObject();
        foreach (var service in installation.Services)
        {
            all[service.Name] = new JsonObject
            {
                ["grpc"] = ServiceSettings.Address(service.Grpc),
                ["http"] = ServiceSettings.Address(service.Http),
            };
        }

        all["postgres"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = installation.Postgres.Port };
        all["rabbitmq"] = new JsonObject
        {
            ["host"] = "127.0.0.1",
            ["port"] = installation.RabbitMq.Port,
            ["virtualHost"] = installation.RabbitMq.VirtualHost,
        };
        await File.WriteAllTextAsync(PathIn(folder), all.ToJsonString(Indented) + "\n", cancellation);
    }

    internal static void Remove(string folder) => File.Delete(PathIn(folder));

    private static string PathIn(string folder) => Path.Combine(folder, "endpoints.json");
}
