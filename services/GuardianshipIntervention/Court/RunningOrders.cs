using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using Npgsql;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>One row for each protection order that is in force: when it lapses.</summary>
internal static class RunningOrders
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.running_order (case_id uuid primary key, lapses_at timestamptz not null);
        create index if not exists running_order_lapses on {schema}.running_order (lapses_at);
        """;

    public static void Follow(StoreWork work, InterventionCase before, InterventionCase after)
    {
        if (after.Order is OrderState.Granted && CourtRules.LapsesAt(after) is { } lapses && (before.Order is not OrderState.Granted || CourtRules.LapsesAt(before) != lapses))
            work.Beside($"insert into {work.Schema}.running_order (case_id, lapses_at) values ($1, $2) on conflict (case_id) do update set lapses_at = excluded.lapses_at",
                after.Id, lapses.ToUniversalTime());
        else if (after.Order is not OrderState.Granted && before.Order is OrderState.Granted)
            work.Beside($"delete from {work.Schema}.running_order where case_id = $1", after.Id);
    }

    /// <summary>The cases whose order has lapsed by now.</summary>
    public static async Task<List<Guid>> LapsedAsync(NpgsqlDataSource database, string schema, DateTimeOffset now, int atATime, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select case_id from {schema}.running_order where lapses_at <= $1 order by lapses_at limit $2");
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = atATime });
        var cases = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            cases.Add(reader.GetGuid(0));
        return cases;
    }
}
