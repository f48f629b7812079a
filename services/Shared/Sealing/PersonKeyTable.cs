using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Sealing;

/// <summary>
/// The keys of persons in the schema of the service that holds their text. Every statement takes a whole set and runs in the caller's
/// transaction, so a key is stored together with the first event sealed under it.
/// </summary>
public sealed partial class PersonKeyTable(string schema, MasterKey master, TimeProvider time)
{
    private readonly string _table = TableIn(schema);
    private readonly string _erased = ErasedIn(schema);

    /// <summary>
    /// The tables, for the migration step. A destroyed key keeps its row, without the key: that the person was erased stays known. It is
    /// also told in a table that is backed up with the data, by which an older backup of the keys brings none back. A key's bytes leave
    /// the file with the next vacuum, which one destroyed key is enough to bring on.
    /// </summary>
    public static string Ddl(string schema) =>
        $"""
        CREATE TABLE IF NOT EXISTS {TableIn(schema)} (
            key_id uuid PRIMARY KEY,
            wrapped bytea NOT NULL,
            master_key_id text NOT NULL,
            destroyed_on timestamptz NULL,
            CHECK ((destroyed_on IS NULL) = (octet_length(wrapped) > 0))
        );
        ALTER TABLE {TableIn(schema)} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
        CREATE TABLE IF NOT EXISTS {ErasedIn(schema)} (key_id uuid PRIMARY KEY, destroyed_on timestamptz NOT NULL);
        """;

    /// <summary>New keys; they exist once <see cref="Insert"/> has committed.</summary>
    public PersonKey[] CreateMany(int count) => master.CreateMany(count, time.GetUtcNow());

    /// <summary>Stores new keys.</summary>
    public async Task Insert(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<PersonKey> keys, CancellationToken cancellation = default)
    {
        if (keys.Count == 0)
            return;
        await using var command = new NpgsqlCommand(
            $"INSERT INTO {_table} (key_id, wrapped, master_key_id) SELECT * FROM unnest($1, $2, $3)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = keys.Select(key => key.KeyId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = keys.Select(key => key.Wrapped).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = keys.Select(key => key.MasterKeyId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The keys with these ids by id; destroyed ones are there and say so, ids that were never stored are not.</summary>
    public async Task<Dictionary<Guid, PersonKey>> LoadMany(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<Guid> keyIds, CancellationToken cancellation = default)
    {
        var keys = new Dictionary<Guid, PersonKey>(keyIds.Count);
        if (keyIds.Count == 0)
            return keys;
        await using var command = new NpgsqlCommand(
            $"""
            SELECT k.key_id, CASE WHEN e.key_id IS NULL THEN k.wrapped ELSE '' END, k.master_key_id FROM {_table} k
            LEFT JOIN {_erased} e ON e.key_id = k.key_id WHERE k.key_id = ANY($1)
            """, connection, transaction)
        {
            Parameters = { Ids(keyIds) },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var keyId = rows.GetGuid(0);
            keys[keyId] = master.Unwrap(keyId, rows.GetFieldValue<byte[]>(1), rows.GetString(2));
        }

        return keys;
    }

    /// <summary>
    /// Erases: overwrites the wrapped keys and answers how many were still there. The old row version goes with the next vacuum, and
    /// from write-ahead log and backups when those expire.
    /// </summary>
    public async Task<int> Destroy(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<Guid> keyIds, CancellationToken cancellation = default)
    {
        if (keyIds.Count == 0)
            return 0;
        await using var command = new NpgsqlCommand(
            $"""
            WITH told AS (INSERT INTO {_erased} (key_id, destroyed_on) SELECT id, $2 FROM unnest($1) AS k(id) ON CONFLICT DO NOTHING)
            UPDATE {_table} SET wrapped = '', destroyed_on = $2 WHERE key_id = ANY($1) AND destroyed_on IS NULL
            """, connection, transaction)
        {
            Parameters = { Ids(keyIds), new() { Value = time.GetUtcNow(), NpgsqlDbType = NpgsqlDbType.TimestampTz } },
        };
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Destroys again what was destroyed before, where a backup of the keys older than that was restored; answers how many.</summary>
    public async Task<int> DestroyAgainAsync(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"UPDATE {_table} k SET wrapped = '', destroyed_on = e.destroyed_on FROM {_erased} e WHERE k.key_id = e.key_id AND k.destroyed_on IS NULL");
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Wraps up to so many keys after this one again that a former master key wrapped; answers the last, or null when none was left.
    /// Safe beside erasure and with any number of replicas: a row is changed only while it is as it was read.
    /// </summary>
    public async Task<Guid?> WrapAgainAsync(NpgsqlDataSource database, Guid after, int atATime, CancellationToken cancellation = default)
    {
        var rows = new List<(Guid KeyId, byte[] Wrapped)>();
        await using (var read = database.CreateCommand(
            $"SELECT key_id, wrapped, master_key_id FROM {_table} WHERE key_id > $1 AND master_key_id <> $2 AND destroyed_on IS NULL ORDER BY key_id LIMIT {atATime}"))
        {
            read.Parameters.Add(new() { Value = after });
            read.Parameters.Add(new() { Value = master.Id });
            await using var reader = await read.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                rows.Add((reader.GetGuid(0), master.WrapAgain(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2))));
        }

        if (rows.Count == 0)
            return null;
        await using var write = database.CreateCommand($"""
            UPDATE {_table} k SET wrapped = n.wrapped, master_key_id = $3 FROM unnest($1, $2) AS n(key_id, wrapped)
            WHERE k.key_id = n.key_id AND k.master_key_id <> $3 AND k.destroyed_on IS NULL
            """);
        write.Parameters.Add(Ids(rows.ConvertAll(r => r.KeyId)));
        write.Parameters.Add(new() { Value = rows.Select(r => r.Wrapped).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        write.Parameters.Add(new() { Value = master.Id });
        await write.ExecuteNonQueryAsync(cancellation);
        return rows[^1].KeyId;
    }

    private static NpgsqlParameter Ids(IReadOnlyCollection<Guid> keyIds) =>
        new() { Value = keyIds.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    private static string TableIn(string schema) => In(schema, "person_key");

    private static string ErasedIn(string schema) => In(schema, "erased_key");

    private static string In(string schema, string table) => SchemaName().IsMatch(schema)
        ? $"\"{schema}\".{table}"
        : throw new ArgumentException("A schema name has lower-case letters, digits and underscores.", nameof(schema));

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex SchemaName();
}
