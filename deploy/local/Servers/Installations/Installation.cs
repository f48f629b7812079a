using LeftBehind.Servers.Processes;

namespace LeftBehind.Servers.Installations;

/// <summary>A whole local installation: PostgreSQL, the broker, and one process of each service.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly InstallationPlan plan;
    private readonly FolderLock folderLock;
    private readonly ServiceSettings settings;
    private readonly List<ServiceInstance> instances = [];
    private readonly List<ServiceInstance> replicas = [];

    private Installation(InstallationPlan plan, FolderLock folderLock, PrivatePostgres postgres, PrivateRabbitMq broker)
    {
        (this.plan, this.folderLock, Postgres, RabbitMq) = (plan, folderLock, postgres, broker);
        Keys = new Secrets(plan);
        Keys.IssueTokens(plan.Services, plan.Begins);
        settings = new ServiceSettings(plan, Keys, postgres, broker);
        instances.AddRange(plan.Services.Select(service => new ServiceInstance(service, service, plan.LogOf(service), CommandFor)));
    }

    /// <summary>The database server.</summary>
    public PrivatePostgres Postgres { get; }

    /// <summary>The broker.</summary>
    public PrivateRabbitMq RabbitMq { get; }

    /// <summary>One instance of each service.</summary>
    public IReadOnlyList<ServiceInstance> Services => instances;

    /// <summary>The instance of a service.</summary>
    public ServiceInstance this[string service] => instances.Single(instance => instance.Service == service);

    /// <summary>The folder with the local issuer's keys, for <see cref="Access.Local.LocalIssuer.OpenOrCreate"/>.</summary>
    public string IssuerFolder => plan.Secrets;

    /// <summary>The issuer that the services believe.</summary>
    public static string Issuer => Secrets.Issuer;

    /// <summary>The audience that the services ask for.</summary>
    public static string Audience => Secrets.Audience;

    private Secrets Keys { get; }

    /// <summary>Starts the servers, applies every service's schema, starts the services and waits until all are ready.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="progress">Told in a few words what is being done.</param>
    /// <param name="cancellation">Ends the start; whatever runs by then is stopped.</param>
    public static async Task<Installation> StartAsync(InstallationPlan plan, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var folderLock = FolderLock.Take(plan.Folder);
        var servers = await StartServersAsync(plan, folderLock, progress, cancellation);
        try
        {
            await servers.MakeDatabasesAsync(progress, cancellation);
            progress?.Report("services");
            // Nobody else starts them now, so that each may apply its own schema first.
            await Task.WhenAll(servers.instances.Select(instance => instance.StartAsync(cancellation, "migrate", "run")));
            await Endpoints.WriteAsync(plan.Folder, servers, cancellation);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>A further process of a service beside the first one, not yet started.</summary>
    public ServiceInstance NewReplica(string service)
    {
        var number = 2 + replicas.Count(replica => replica.Service == service);
        var name = $"{service}-{number}";
        var replica = new ServiceInstance(service, name, plan.LogOf(name), CommandFor);
        replicas.Add(replica);
        return replica;
    }

    /// <summary>Connection string to a service's own database, with that service's role.</summary>
    public string StoreOf(string service) => settings.StoreOf(service);

    /// <summary>Stops the services, then the broker, then the database server.</summary>
    public async ValueTask DisposeAsync()
    {
        Endpoints.Remove(plan.Folder);
        await Task.WhenAll(instances.Concat(replicas).Select(instance => instance.StopAsync()));
        await Task.WhenAll(RabbitMq.StopAsync(), Postgres.StopAsync());
        folderLock.Dispose();
    }

    private static async Task<Installation> StartServersAsync(
        InstallationPlan plan, FolderLock folderLock, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("PostgreSQL and RabbitMQ");
        var postgres = PrivatePostgres.StartAsync(Path.Combine(plan.Folder, "postgres"), plan.Postgres, cancellation: cancellation);
        var broker = PrivateRabbitMq.StartAsync(Path.Combine(plan.Folder, "rabbitmq"), cancellation: cancellation);
        try
        {
            await Task.WhenAll(postgres, broker);
            Directory.CreateDirectory(Path.Combine(plan.Folder, "logs"));
            return new(plan, folderLock, await postgres, await broker);
        }
        catch
        {
            if (postgres.IsCompletedSuccessfully)
                await postgres.Result.DisposeAsync();
            if (broker.IsCompletedSuccessfully)
                await broker.Result.DisposeAsync();
            folderLock.Dispose();
            throw;
        }
    }

    private async Task MakeDatabasesAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("databases");
        foreach (var service in plan.Services)
        {
            var database = ServiceSettings.DatabaseOf(service);
            await PostgresDatabases.EnsureOwnedDatabaseAsync(Postgres.ConnectionString, database, Keys.DatabasePassword(service), cancellation);
        }
    }

    private ServerCommand CommandFor(ServiceInstance instance, string[] arguments)
    {
        var program = plan.ProgramOf(instance.Service);
        return new(program, arguments)
        {
            // The service finds its own settings file beside its program.
            Folder = Path.GetDirectoryName(program)!,
            Log = instance.Log,
            Environment = settings.For(instance.Service, instance.Grpc, instance.Http, instances),
        };
    }
}
