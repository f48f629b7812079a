using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using LeftBehind.Platform.Figures;
using LeftBehind.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Platform.Webhooks;

/// <summary>Subscriptions, and up to where each was told.</summary>
internal static class WebhookTable
{
    private const string Columns = """
        id, account, department, role, caller_division, division, url, kinds, key_id, secret, created_at, state, version, incarnation, sequence, sending_to, attempts, next_at,
        last_status, failing_since, delivered_at
        """;

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.webhook (
            id uuid primary key, account text not null, department text not null, role text not null, caller_division bigint not null, division bigint not null,
            url text not null, kinds text[] not null, key_id uuid not null, secret bytea not null, created_at timestamptz not null, state smallint not null,
            version bigint not null, incarnation uuid not null, sequence bigint not null, sending_to bigint, attempts int not null, next_at timestamptz not null,
            last_status text not null, failing_since timestamptz, delivered_at timestamptz) with (fillfactor = 70);
        create index if not exists webhook_due on {schema}.webhook (next_at) where state = 1;
        """;

    public static void Add(StoreWork work, Webhook hook) => work.Beside(
        $"insert into {work.Schema}.webhook ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        hook.Id, hook.For.Account, hook.For.Department.ToString(), hook.For.Role.ToString(), hook.For.Division.Value, hook.Division.Value, hook.Url, hook.Kinds.ToArray(),
        hook.KeyId, hook.Secret.Bytes.ToArray(), hook.CreatedAt.ToUniversalTime(), (short)hook.State, hook.Version, hook.At.Incarnation, hook.At.Sequence, Maybe(hook.SendingTo),
        hook.Attempts, hook.NextAt.ToUniversalTime(), hook.LastStatus, Maybe(hook.FailingSince), Maybe(hook.DeliveredAt));

    /// <summary>Moves a webhook on from how it was read; false when somebody else moved it meanwhile.</summary>
    public static async Task<bool> MoveAsync(NpgsqlDataSource database, Webhook before, Webhook after, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            update {PlatformModule.Schema}.webhook set state = $4, version = $5, incarnation = $6, sequence = $7, sending_to = $8, attempts = $9, next_at = $10,
                last_status = $11, failing_since = $12, delivered_at = $13
            where id = $1 and version = $2 and sequence = $3
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = before.Id }, new() { Value = before.Version }, new() { Value = before.At.Sequence }, new() { Value = (short)after.State }, new() { Value = after.Version },
            new() { Value = after.At.Incarnation }, new() { Value = after.At.Sequence }, Maybe(after.SendingTo), new() { Value = after.Attempts },
            new() { Value = after.NextAt.ToUniversalTime() }, new() { Value = after.LastStatus }, Maybe(after.FailingSince), Maybe(after.DeliveredAt),
        ]);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    public static async Task<Webhook?> FindAsync(NpgsqlDataSource database, Guid id, CancellationToken ct) =>
        (await ReadAsync(database, "id = $1", ct, new NpgsqlParameter { Value = id })).SingleOrDefault();

    /// <summary>Those that wait to be told of something: the figures stand behind where they were told.</summary>
    public static Task<List<Webhook>> DueAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct) => ReadAsync(database,
        $"state = 1 and next_at <= $1 and sequence < (select last_seq_id from {PlatformModule.Schema}.mt_event_progression where name = $2)", ct,
        new() { Value = now.ToUniversalTime() }, new() { Value = FiguresProjection.ProgressName + ":All" });

    /// <summary>Those of a subscriber's division that were not ended, a page at a time.</summary>
    public static Task<List<Webhook>> PageAsync(NpgsqlDataSource database, Subscriber of, long[] divisions, RowPlace after, int size, CancellationToken ct) =>
        ReadAsync(database, "state <> 3 and department = $1 and caller_division = $2 and division = any($3) and (created_at, id) > ($4, $5) order by created_at, id limit $6", ct,
            new() { Value = of.Department.ToString() }, new() { Value = of.Division.Value }, new() { Value = divisions }, new() { Value = after.At }, new() { Value = after.Id }, new() { Value = size });

    private static async Task<List<Webhook>> ReadAsync(NpgsqlDataSource database, string where, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand($"select {Columns} from {PlatformModule.Schema}.webhook where {where}");
        command.Parameters.AddRange(parameters);
        var hooks = new List<Webhook>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            hooks.Add(Read(reader));
        return hooks;
    }

    private static Webhook Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), new(row.GetString(1), Enum.Parse<Department>(row.GetString(2)), Enum.Parse<Role>(row.GetString(3)), new(row.GetInt64(4))), new(row.GetInt64(5)),
        row.GetString(6), row.GetFieldValue<string[]>(7), row.GetGuid(8),
        Sealed.TryFrom(row.GetFieldValue<byte[]>(9), out var secret) ? secret : throw new InvalidOperationException("A webhook's secret was changed where it is stored."),
        row.GetFieldValue<DateTimeOffset>(10))
    {
        State = (WebhookState)row.GetInt16(11), Version = row.GetInt64(12), At = new(row.GetGuid(13), row.GetInt64(14)), SendingTo = row.IsDBNull(15) ? null : row.GetInt64(15),
        Attempts = row.GetInt32(16), NextAt = row.GetFieldValue<DateTimeOffset>(17), LastStatus = row.GetString(18),
        FailingSince = row.IsDBNull(19) ? null : row.GetFieldValue<DateTimeOffset>(19), DeliveredAt = row.IsDBNull(20) ? null : row.GetFieldValue<DateTimeOffset>(20),
    };

    private static NpgsqlParameter Maybe(long? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter Maybe(DateTimeOffset? value) => new() { Value = (object?)value?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
