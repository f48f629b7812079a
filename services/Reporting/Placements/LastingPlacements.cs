using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Reporting.Placements;

/// <summary>Which placement lasts for a child, or for a case whose child is unknown; at most one.</summary>
internal static class LastingPlacements
{
    public static string Ddl(string schema) => $"create table if not exists {schema}.lasting_placement (subject uuid primary key, placement uuid not null);";

    public static async Task<Guid?> OfAsync(StoreWork work, Guid subject, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select placement from {work.Schema}.lasting_placement where subject = $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = subject });
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    public static void Begin(StoreWork work, Placement placement) =>
        work.Beside($"insert into {work.Schema}.lasting_placement (subject, placement) values ($1, $2)", placement.Subject, placement.Id);

    public static void End(StoreWork work, Placement placement) => work.Beside($"delete from {work.Schema}.lasting_placement where placement = $1", placement.Id);
}
