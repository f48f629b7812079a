using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Registry.Visits.Workers;

/// <summary>The villages for which somebody is named, kept in the transaction of the naming.</summary>
internal static class VillageWorkers
{
    public static string Ddl(string schema) => $"create table if not exists {schema}.village_worker (village bigint primary key, account text not null);";

    public static async Task<HashSet<DivisionId>> NamedInAsync(StoreWork work, IEnumerable<DivisionId> villages, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select village from {work.Schema}.village_worker where village = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = villages.Select(v => v.Value).Distinct().ToArray() });
        var named = new HashSet<DivisionId>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            named.Add(new(reader.GetInt64(0)));
        return named;
    }

    public static void Write(StoreWork work, DivisionId village, string? account)
    {
        if (account is null)
            work.Beside($"delete from {work.Schema}.village_worker where village = $1", village.Value);
        else
            work.Beside($"insert into {work.Schema}.village_worker (village, account) values ($1, $2) on conflict (village) do update set account = excluded.account",
                village.Value, account);
    }
}
