using Npgsql;

namespace LeftBehind.EventLog;

/// <summary>The lock of a service's leader: a session's, not a transaction's, so that it keeps no snapshot and no dead row alive.</summary>
public sealed class LeaderLock : IAsyncDisposable
{
    /// <summary>A leader that has not pinged for as long has lost its lock (platform default).</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);

    private readonly NpgsqlDataSource database;

    /// <summary>Connects outside the service's pool.</summary>
    public LeaderLock(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        var settings = builder.ConnectionStringBuilder;
        (settings.Pooling, settings.KeepAlive, settings.CommandTimeout) = (false, 0, (int)Silence.TotalSeconds);
        settings.Options = $"{settings.Options} -c idle_session_timeout={(int)Silence.TotalMilliseconds}";
        database = builder.Build();
    }

    /// <summary>Waits until the lock of this schema is free and takes it.</summary>
    public async Task<Term> TakeAsync(string schema, TimeSpan askEvery, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            while (true)
            {
                await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = $"leader of {schema}" } } };
                if (await command.ExecuteScalarAsync(ct) is true)
                    return new(connection);
                await Task.Delay(askEvery, ct);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>The time for which the lock is held; ended by its end, or by the server when nothing is heard.</summary>
    public sealed class Term(NpgsqlConnection connection) : IAsyncDisposable
    {
        /// <summary>Throws when the lock is lost.</summary>
        public async Task PingAsync(CancellationToken ct)
        {
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(ct);
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
