using Npgsql;

namespace LeftBehind.Servers;

/// <summary>Roles and databases on a server whose superuser we are.</summary>
public static class PostgresDatabases
{
    /// <summary>Makes an empty database, owned by the superuser; returns its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync(string superuser, string name, CancellationToken cancellation = default)
    {
        await ExecuteAsync(superuser, $"CREATE DATABASE {Quoted(name)}", cancellation);
        return new NpgsqlConnectionStringBuilder(superuser) { Database = name }.ConnectionString;
    }

    /// <summary>Makes sure that a role with this password owns a database of its own, which no other role can connect to.</summary>
    public static async Task EnsureOwnedDatabaseAsync(string superuser, string name, string secret, CancellationToken cancellation = default)
    {
        var role = await ExistsAsync(superuser, "SELECT 1 FROM pg_roles WHERE rolname = $1", name, cancellation) ? "ALTER" : "CREATE";
        await ExecuteAsync(superuser, $"{role} ROLE {Quoted(name)} LOGIN PASSWORD '{secret.Replace("'", "''", StringComparison.Ordinal)}'", cancellation);
        if (!await ExistsAsync(superuser, "SELECT 1 FROM pg_database WHERE datname = $1", name, cancellation))
            await ExecuteAsync(superuser, $"CREATE DATABASE {Quoted(name)} OWNER {Quoted(name)}", cancellation);
        await ExecuteAsync(superuser, $"REVOKE ALL ON DATABASE {Quoted(name)} FROM PUBLIC", cancellation);
    }

    /// <summary>Ends every connection to the database and drops it.</summary>
    public static Task DropDatabaseAsync(string superuser, string name, CancellationToken cancellation = default) =>
        ExecuteAsync(superuser, $"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)", cancellation);

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(Unpooled(connectionString));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<bool> ExistsAsync(string connectionString, string sql, string name, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(Unpooled(connectionString));
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue(name);
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
