using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Assessment.Plans;

/// <summary>The plans that have not ended and their services that are arranged, kept in the transaction of their events.</summary>
internal static class PlanTables
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.open_plan (
            plan uuid primary key, assessment uuid not null, child uuid, division bigint not null, state text not null, drafted_at timestamptz not null);
        create index if not exists open_plan_drafted on {schema}.open_plan (drafted_at, plan);
        create index if not exists open_plan_child on {schema}.open_plan (child) where child is not null;
        create table if not exists {schema}.due_service (
            service uuid primary key, plan uuid not null, child uuid, division bigint not null, kind text not null, provider uuid not null, due_at timestamptz not null);
        create index if not exists due_service_due on {schema}.due_service (due_at, service);
        create index if not exists due_service_plan on {schema}.due_service (plan);
        """;

    public static void Write(StoreWork work, AssistancePlan plan)
    {
        var of = plan.Of!;
        if (plan.HasEnded)
        {
            work.Beside($"delete from {work.Schema}.open_plan where plan = $1", plan.Id);
            work.Beside($"delete from {work.Schema}.due_service where plan = $1", plan.Id);
            return;
        }
        work.Beside($"""
            insert into {work.Schema}.open_plan (plan, assessment, child, division, state, drafted_at) values ($1, $2, $3, $4, $5, $6)
            on conflict (plan) do update set state = excluded.state, division = excluded.division
            """, plan.Id, of.Assessment, Optional(of.Child), of.Division.Value, plan.State.ToString(), plan.DraftedAt!.Value.ToUniversalTime());
        foreach (var service in plan.Services)
            if (service.State is ServiceState.Arranged)
                work.Beside($"""
                    insert into {work.Schema}.due_service (service, plan, child, division, kind, provider, due_at) values ($1, $2, $3, $4, $5, $6, $7)
                    on conflict (service) do update set provider = excluded.provider, due_at = excluded.due_at, division = excluded.division
                    """, service.Id, plan.Id, Optional(of.Child), of.Division.Value, service.Kind.ToString(), service.Provider!.Value, service.DueAt!.Value.ToUniversalTime());
            else if (service.IsSettled)
                work.Beside($"delete from {work.Schema}.due_service where service = $1", service.Id);
    }

    /// <summary>The plans of one of these children that have not ended, each with its assessment.</summary>
    public static async Task<List<(Guid Plan, Guid Assessment)>> AboutAsync(StoreWork work, Guid[] children, CancellationToken ct)
    {
        var found = new List<(Guid, Guid)>();
        await using var command = new NpgsqlCommand($"select plan, assessment from {work.Schema}.open_plan where child = any($1) order by plan", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return found;
    }

    private static NpgsqlParameter Optional(Guid? id) => new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
