using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using Npgsql;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>
/// Beside the events: who is to be screened (left-behind children on file, by village), who was in which campaign, whose counting
/// campaign may have changed, and the requests that were taken.
/// </summary>
internal static class ScreeningTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.left_behind_child (child uuid primary key, village bigint not null) with (fillfactor = 85);
        create index if not exists left_behind_child_village on {schema}.left_behind_child (village);
        create table if not exists {schema}.screening (campaign uuid not null, child uuid not null, kind smallint not null, primary key (campaign, child));
        create index if not exists screening_child on {schema}.screening (child);
        create table if not exists {schema}.screening_recount (child uuid primary key);
        create table if not exists {schema}.screening_request (request uuid primary key, digest bytea not null);
        """;

    /// <summary>Files after a change: who is left behind, and where; whoever was screened before is counted anew. Of files that are new nothing is on record.</summary>
    public static void Follow(StoreWork work, IReadOnlyCollection<Child> changed, IReadOnlySet<Guid>? opened)
    {
        var known = changed.Select(c => c.Id).Where(id => opened?.Contains(id) is not true).Order().ToArray();
        var here = changed.Where(c => c.Facts.State is FileState.Open && c.Facts.Category.IsLeftBehind()).OrderBy(c => c.Id).ToArray();
        var gone = known.Except(here.Select(c => c.Id)).ToArray();
        if (here.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.left_behind_child as l (child, village) select * from unnest($1, $2)
                on conflict (child) do update set village = excluded.village where l.village <> excluded.village
                """, Array.ConvertAll(here, c => c.Id), Array.ConvertAll(here, c => c.Facts.Residence.Value));
        if (gone.Length > 0)
            work.Beside($"delete from {work.Schema}.left_behind_child where child = any($1)", gone);
        if (known.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.screening_recount (child) select distinct child from {work.Schema}.screening where child = any($1) order by child
                on conflict do nothing
                """, known);
    }

    /// <summary>A campaign was opened: the left-behind children of its villages that one of its kind screened before are counted anew.</summary>
    public static void RecountBelow(StoreWork work, CampaignKind kind, long[] villages) =>
        work.Beside($"""
            insert into {work.Schema}.screening_recount (child)
            select distinct s.child from {work.Schema}.left_behind_child l join {work.Schema}.screening s using (child) where l.village = any($1) and s.kind = $2
            order by s.child on conflict do nothing
            """, villages, (short)kind);

    public static void Screened(StoreWork work, Guid campaign, CampaignKind kind, Guid[] children)
    {
        if (children.Length > 0)
            work.Beside($"insert into {work.Schema}.screening (campaign, child, kind) select $1, c, $3 from unnest($2) c on conflict do nothing",
                campaign, children.Order().ToArray(), (short)kind);
    }

    /// <summary>The digest of a request that was taken; null for a new one.</summary>
    public static async Task<byte[]?> DigestOfAsync(StoreWork work, Guid request, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select digest from {work.Schema}.screening_request where request = $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = request });
        return await command.ExecuteScalarAsync(ct) as byte[];
    }

    public static void Take(StoreWork work, Guid request, byte[] digest) =>
        work.Beside($"insert into {work.Schema}.screening_request (request, digest) values ($1, $2)", request, digest);
}
