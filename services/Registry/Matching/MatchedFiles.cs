using System.Data;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;
using Npgsql;

namespace LeftBehind.Registry.Matching;

/// <summary>Opens what files are compared by, for one comparison: names and numbers, and the names of the adults they live with.</summary>
internal sealed class MatchedFiles(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema, PersonKeyTable personKeys, DivisionTree tree)
{
    private readonly Dictionary<Guid, (Child File, MatchFeatures Features)> known = [];

    public Child File(Guid child) => known[child].File;

    public MatchFeatures? Of(Guid child) => known.TryGetValue(child, out var k) ? k.Features : null;

    /// <summary>Adds open files; those that were erased are compared with nobody.</summary>
    public async Task AddAsync(IEnumerable<Child> files, CancellationToken ct)
    {
        var open = files.Where(f => f is { Exists: true, Facts.State: Contracts.Registry.FileState.Open, Identity: not null } && !known.ContainsKey(f.Id)).ToList();
        var keys = await personKeys.LoadMany(connection, transaction, [.. open.Select(f => f.KeyId).Distinct()], ct);
        foreach (var file in open)
            if (keys.TryGetValue(file.KeyId, out var key) && key.TryUnsealJson<PersonalDetails>(file.Identity!, out var details))
                known[file.Id] = (file, Features(file, details));
    }

    /// <summary>Adds the adults of these files' households, where it was not done before.</summary>
    public async Task AddAdultsAsync(IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        var adults = await AdultsAsync([.. children.Select(c => known[c].File.Household).Distinct()], ct);
        var keys = await personKeys.LoadMany(connection, transaction, [.. adults.Select(a => a.Identity.KeyId).Distinct()], ct);
        var names = adults
            .Where(a => keys.ContainsKey(a.Identity.KeyId))
            .Select(a => (a.Household, Name: keys[a.Identity.KeyId].TryUnsealJson<PersonalDetails>(a.Identity, out var d) ? NameForms.Normal(d.Name) : ""))
            .Where(a => a.Name.Length > 0).ToLookup(a => a.Household, a => a.Name);
        foreach (var child in children)
            known[child] = known[child] with { Features = known[child].Features with { Adults = names[known[child].File.Household].ToHashSet(StringComparer.Ordinal) } };
    }

    private MatchFeatures Features(Child file, PersonalDetails details)
    {
        var number = ResidentIdNumber.Read(details.IdNumber);
        var village = file.Facts.Residence;
        return new(NameForms.Normal(details.Name), file.Facts.BirthDate, file.Facts.Sex, village, tree.Parent(village),
            number.IsValid ? number.Reveal() : null, file.Facts.Verified, file.Household, new HashSet<string>());
    }

    /// <summary>What was told last of each adult who is a member.</summary>
    private async Task<List<(Guid Household, Sealed Identity)>> AdultsAsync(Guid[] households, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select distinct on (stream_id, data->>'person') stream_id, type, data->>'identity' from {schema}.mt_events
            where stream_id = any($1) and type in ('member_joined', 'member_corrected', 'member_left') order by stream_id, data->>'person', version desc
            """, connection, transaction);
        command.Parameters.Add(new() { Value = households });
        var adults = new List<(Guid, Sealed)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (!await reader.IsDBNullAsync(2, ct) && Sealed.TryParse(reader.GetString(2), out var value))
                adults.Add((reader.GetGuid(0), value));
        return adults;
    }
}
