using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.DivisionCopy;

/// <summary>
/// What Platform told of divisions, in the order in which it was told. Told twice it stands once; of a restored Platform, which tells its whole log
/// anew, only what that tells is kept.
/// </summary>
internal static class DivisionChangeTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.division_change (
            fact_id uuid primary key, place bigint generated always as identity unique, epoch int not null, type text not null, fact jsonb not null);
        """;

    public static DivisionLog Log(string schema) => new(
        $"select max(place) from {schema}.division_change", $"select type, fact::text from {schema}.division_change order by place");

    public static void Write(StoreWork work, PagedEvent fact)
    {
        work.Beside($"delete from {work.Schema}.division_change where epoch < $1", fact.Epoch);
        work.Beside($"insert into {work.Schema}.division_change (fact_id, epoch, type, fact) values ($1, $2, $3, $4) on conflict do nothing",
            fact.Id, fact.Epoch, fact.Type, new NpgsqlParameter { Value = fact.Json, NpgsqlDbType = NpgsqlDbType.Jsonb });
    }
}
