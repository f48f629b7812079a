using System.Security.Cryptography;
using LeftBehind.Servers.Processes;
using Npgsql;

namespace LeftBehind.Servers;

/// <summary>A PostgreSQL server of our own, run from the local binaries in a work folder on a loopback port.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly Account? account;
    private readonly string home;
    private readonly string log;
    private readonly string password;
    private ServerProcess? server;

    private PrivatePostgres(Account? account, string folder, string home, int port)
    {
        this.account = account;
        this.home = home;
        log = Path.Combine(folder, "postgres.log");
        password = WorkFolder.KeepSecret(Path.Combine(folder, "password"), () => RandomNumberGenerator.GetHexString(32, lowercase: true));
        Port = port;
    }

    /// <summary>Loopback port.</summary>
    public int Port { get; }

    /// <summary>Process id of the postmaster.</summary>
    public int Pid => server?.Pid ?? throw new InvalidOperationException("PostgreSQL is not running.");

    /// <summary>Connection string of the superuser to the database postgres.</summary>
    public string ConnectionString => ConnectionStringTo("postgres", "postgres", password);

    /// <summary>Initialises the folder on its first use and starts the server; returns when it answers.</summary>
    public static async Task<PrivatePostgres> StartAsync(
        string folder, PostgresSettings settings, int? port = null, CancellationToken cancellation = default)
    {
        var account = Account.WhenRoot("postgres");
        Directory.CreateDirectory(folder);
        var home = WorkFolder.Prepare(Path.Combine(folder, "home"), account);
        var postgres = new PrivatePostgres(account, folder, home, FreePorts.PreferablyThis(port));
        await postgres.InitialiseAsync(cancellation);
        var data = postgres.DataFolder;
        await File.WriteAllTextAsync(Path.Combine(data, "postgresql.conf"), settings.File(postgres.Port, PostgresBinaries.HasStatements), cancellation);
        await postgres.StartAgainAsync(cancellation);
        return postgres;
    }

    /// <summary>Connection string for a role and database of this server, with what every service's connection carries.</summary>
    public string ConnectionStringTo(string database, string user, string secret) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = user,
        Password = secret,
        KeepAlive = 5,
        Timeout = 5,
        MaxPoolSize = 20,
    }.ConnectionString;

    /// <summary>Kills the server and all its backends, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (server is { } running)
            await running.DisposeAsync();
        server = null;
    }

    /// <summary>Fast shutdown: open transactions are rolled back, the data is left clean.</summary>
    public async Task StopAsync()
    {
        if (server is { HasExited: false } running)
            await running.StopAsync(TimeSpan.FromSeconds(30), Posix.SigInt);
        await KillAsync();
    }

    /// <summary>Starts on the same port and data; after a kill this includes crash recovery.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        if (server is not null)
            throw new InvalidOperationException("PostgreSQL is already running.");
        server = await ServerProcess.StartAsync(new(PostgresBinaries.Of("postgres"), "-D", DataFolder)
        {
            Account = account,
            Folder = home,
            Log = log,
            Environment = Environment,
        });
        try
        {
            await AnswersAsync(server, cancellation);
        }
        catch
        {
            await KillAsync();
            throw;
        }
    }

    /// <summary>Stops the server and its backends from running without ending them, as a frozen machine would.</summary>
    public void Freeze() => server?.Freeze();

    /// <summary>Lets a frozen server run on.</summary>
    public void Thaw() => server?.Thaw();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    private static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?> { ["LC_ALL"] = "C.UTF-8" };

    private string DataFolder => Path.Combine(home, "data");

    private async Task InitialiseAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(DataFolder))
            return;

        // A run that was cut off leaves only the unfinished folder, never a half-made cluster under the real name.
        var unfinished = DataFolder + ".unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        var passwordFile = Path.Combine(home, "password");
        WorkFolder.WriteSecret(passwordFile, password, account);
        await Tool.RunAsync(new(
            PostgresBinaries.Of("initdb"), "-D", unfinished, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile,
            "--data-checksums", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync", "--no-instructions")
        { Account = account, Folder = home, Environment = Environment }, cancellation);
        File.Delete(passwordFile);
        Directory.Move(unfinished, DataFolder);
    }

    private async Task AnswersAsync(ServerProcess process, CancellationToken cancellation)
    {
        var probe = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString;
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode} while starting; see {log}.");
            try
            {
                await using var connection = new NpgsqlConnection(probe);
                await connection.OpenAsync(cancellation);
                return;
            }
            catch (NpgsqlException error) when (error is not PostgresException || error.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(50, cancellation);
            }
        }
    }
}
