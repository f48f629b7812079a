namespace LeftBehind.Servers;

/// <summary>What differs between an installation that is used and one that is thrown away after a test.</summary>
/// <param name="SharedBuffers">Memory for pages, in PostgreSQL's own notation.</param>
/// <param name="Durable">False: nothing is flushed to disk. Survives a killed server, not a lost machine.</param>
public sealed record PostgresSettings(string SharedBuffers, bool Durable)
{
    /// <summary>For ./lb up, demo and benchmarks.</summary>
    public static PostgresSettings Installation { get; } = new("512MB", Durable: true);

    /// <summary>For test databases.</summary>
    public static PostgresSettings Tests { get; } = new("128MB", Durable: false);

    /// <summary>The whole postgresql.conf.</summary>
    internal string File(int port, bool withStatements) =>
        $"""
        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = ''
        max_connections = 200
        shared_buffers = {SharedBuffers}
        {(withStatements ? "shared_preload_libraries = 'pg_stat_statements'" : "")}
        wal_compression = lz4
        max_wal_size = 4GB
        checkpoint_timeout = 15min
        jit = off
        # A first load fills empty tables within seconds; until they are analysed every plan is a guess.
        autovacuum_naptime = 5s
        synchronous_commit = on
        fsync = {(Durable ? "on" : "off")}
        full_page_writes = {(Durable ? "on" : "off")}
        password_encryption = scram-sha-256
        timezone = 'UTC'
        log_timezone = 'UTC'
        # A service that vanished without a word frees its locks after 25 seconds.
        tcp_keepalives_idle = 10
        tcp_keepalives_interval = 5
        tcp_keepalives_count = 3
        # Personal data never reaches a log: no statement, no parameter, no DETAIL of a violated key.
        log_min_error_statement = panic
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_error_verbosity = terse
        log_line_prefix = '%m [%p] %q%u@%d '

        """;
}
