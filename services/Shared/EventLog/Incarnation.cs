using Npgsql;

namespace LeftBehind.EventLog;

/// <summary>
/// Which life of the store this is. A store that was created, or restored from a backup, starts a new one: its sequences
/// may count other events than those that consumers saw, so their lanes stop until operations accept it.
/// </summary>
public static class Incarnation
{
    /// <summary>The table that keeps it.</summary>
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.store_incarnation (
            single boolean primary key default true check (single), id uuid not null, fingerprint text not null);
        """;

    /// <summary>
    /// The incarnation of the store. A copy restored into another cluster or database is told by its fingerprint
    /// (system identifier, database and the time line that a point-in-time recovery opens).
    /// </summary>
    public static async Task<Guid> ReadAsync(NpgsqlDataSource database, string schema, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            with now as (
              select (select system_identifier from pg_control_system())::text || '/' ||
                     (select oid from pg_database where datname = current_database())::text || '/' ||
                     (select timeline_id from pg_control_checkpoint())::text as fingerprint)
            insert into {schema}.store_incarnation (id, fingerprint) select gen_random_uuid(), fingerprint from now
            on conflict (single) do update set
              id = case when store_incarnation.fingerprint = excluded.fingerprint then store_incarnation.id else excluded.id end,
              fingerprint = excluded.fingerprint
            returning id
            """);
        return (Guid)(await command.ExecuteScalarAsync(ct))!;
    }
}
