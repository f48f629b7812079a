using System.Globalization;
using LeftBehind.Contracts;
using LeftBehind.Sealing;
using Npgsql;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Keyed digests by which files are found again: by name, and for comparison by pairs of features of which a duplicate shares
/// one at least. No name can be read from it; what stands under a destroyed key is found no more, and swept.
/// </summary>
public sealed class NameIndex(BlindIndex index)
{
    /// <summary>Files compared with a new one, at most, of those that share one pair of features. Platform default.</summary>
    public const int MostOfABlock = 20;

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.name_index (token uuid not null, child uuid not null, key uuid not null, residence bigint not null, primary key (token, child));
        create index if not exists name_index_key on {schema}.name_index (key);
        create index if not exists person_key_destroyed on {schema}.person_key (key_id) where destroyed_on is not null;
        """;

    /// <summary>The digest of a whole name, for the search.</summary>
    public Guid Name(string normal) => index.ShortOf("match-name", normal);

    /// <summary>The pairs of features by which files are compared; a pair that is not known has none.</summary>
    public IEnumerable<Guid> Blocks(MatchFeatures of)
    {
        var born = of.BirthDate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (of.Name.Length > 0 && born is not null)
            yield return index.ShortOf("match-name-born", of.Name + "/" + born);
        if (of.Name.Length > 0 && of.Town is { } town)
            yield return index.ShortOf("match-name-town", of.Name + "/" + town);
        if (born is not null && of.Town is { } place)
            yield return index.ShortOf("match-born-town", born + "/" + place);
    }

    /// <summary>Puts files under their digests, in place of those they had.</summary>
    public async Task PutAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema,
        IReadOnlyList<(Guid Child, Guid Key, MatchFeatures Features)> files, CancellationToken ct)
    {
        var rows = files.SelectMany(f => Blocks(f.Features).Concat(f.Features.Name.Length > 0 ? [Name(f.Features.Name)] : [])
            .Select(token => (Token: token, f.Child, f.Key, Residence: f.Features.Village.Value))).OrderBy(r => r.Token).ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new($"delete from {schema}.name_index where key = any($1)") { Parameters = { new() { Value = files.Select(f => f.Key).ToArray() } } });
        batch.BatchCommands.Add(new($"insert into {schema}.name_index (token, child, key, residence) select * from unnest($1, $2, $3, $4)")
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(rows, r => r.Token) }, new() { Value = Array.ConvertAll(rows, r => r.Child) },
                new() { Value = Array.ConvertAll(rows, r => r.Key) }, new() { Value = Array.ConvertAll(rows, r => r.Residence) },
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>For each file the others that share a pair of features with it, all in one query.</summary>
    public async Task<List<(Guid Child, Guid Other)>> CandidatesAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema,
        IReadOnlyList<(Guid Child, Guid Key, MatchFeatures Features)> files, CancellationToken ct)
    {
        var asked = files.SelectMany(f => Blocks(f.Features).Select(token => (f.Child, Token: token))).ToArray();
        await using var command = new NpgsqlCommand($"""
            select distinct a.child, n.child from unnest($1, $2) as a(child, token)
            cross join lateral (select i.child from {schema}.name_index i where i.token = a.token and i.child <> a.child order by i.child limit {MostOfABlock}) n
            """, connection, transaction);
        command.Parameters.Add(new() { Value = Array.ConvertAll(asked, a => a.Child) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(asked, a => a.Token) });
        var found = new List<(Guid, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return found;
    }

    /// <summary>Takes out what stands under keys that were destroyed.</summary>
    public static async Task ForgetErasedAsync(NpgsqlDataSource database, string schema, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"delete from {schema}.name_index n using {schema}.person_key k where k.destroyed_on is not null and n.key = k.key_id");
        await command.ExecuteNonQueryAsync(ct);
    }
}
