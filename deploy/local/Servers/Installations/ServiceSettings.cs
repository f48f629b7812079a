using System.Text.Json;

namespace LeftBehind.Servers.Installations;

/// <summary>The settings a service is started with, as environment variables. Their names are the contract with every service.</summary>
internal sealed class ServiceSettings(InstallationPlan plan, Secrets secrets, PrivatePostgres postgres, PrivateRabbitMq broker)
{
    /// <summary>Database and role of a service.</summary>
    internal static string DatabaseOf(string service) => JsonNamingPolicy.SnakeCaseLower.ConvertName(service);

    internal string StoreOf(string service) =>
        postgres.ConnectionStringTo(DatabaseOf(service), DatabaseOf(service), secrets.DatabasePassword(service));

    internal Dictionary<string, string?> For(string service, Uri grpc, Uri http, IEnumerable<ServiceInstance> sources)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__Store"] = StoreOf(service),
            ["ConnectionStrings__RabbitMq"] = broker.Uri.AbsoluteUri,
            ["Kestrel__Endpoints__Grpc__Url"] = Address(grpc),
            ["Kestrel__Endpoints__Grpc__Protocols"] = "Http2",
            ["Kestrel__Endpoints__Http__Url"] = Address(http),
            ["Kestrel__Endpoints__Http__Protocols"] = "Http1",
            ["Sealing__MasterKey"] = secrets.MasterKey(service),
            ["Sealing__IndexKey"] = secrets.IndexKey(service),
            ["Sealing__RegistryKey"] = Secrets.SealsToRegistry(service) ? secrets.RegistryKey : null,
            ["Auth__Issuer"] = Secrets.Issuer,
            ["Auth__Audience"] = Secrets.Audience,
            ["Auth__KeysFile"] = secrets.KeysFile,
            ["Auth__ServiceTokenFile"] = secrets.TokenFile(service),
            ["Divisions__File"] = Path.Combine(Repository.Root, "deploy", "data", "divisions-2023.csv.gz"),
            ["Calendar__File"] = Path.Combine(Repository.Root, "deploy", "data", "workdays.json"),
            // Six services share a small machine: one heap each, not one per core.
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var source in sources)
            settings[$"Sources__{SourceOf(source.Service)}__Grpc"] = Address(source.Grpc);
        foreach (var (name, value) in plan.Settings)
            settings[name] = value;
        return settings;
    }

    /// <summary>The name under which a service tells its facts.</summary>
    private static string SourceOf(string service) => service switch
    {
        "EducationAttendance" => "education",
        "GuardianshipIntervention" => "guardianship",
        _ => DatabaseOf(service),
    };

    internal static string Address(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
