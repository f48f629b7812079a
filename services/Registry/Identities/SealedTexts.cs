using LeftBehind.EventLog;
using LeftBehind.Sealing;
using Npgsql;

namespace LeftBehind.Registry.Identities;

/// <summary>
/// What was told last of children and households and is sealed: who a child is, its carer's name and phone, a household's address.
/// Opened with the keys that are still there; what was erased, or cannot be read, is as if it had never been told.
/// </summary>
internal sealed class SealedTexts
{
    private static readonly string[] Types = ["child_file_opened", "child_identity_corrected", "carer_named", "household_registered", "household_moved", "household_corrected"];

    private readonly Dictionary<(Guid Stream, string Field), Sealed> found;
    private readonly Dictionary<Guid, PersonKey> keys;

    private SealedTexts(Dictionary<(Guid, string), Sealed> found, Dictionary<Guid, PersonKey> keys) => (this.found, this.keys) = (found, keys);

    public PersonalDetails? Identity(Guid child) => Open<PersonalDetails>(child, "identity");

    public CarerContact? Carer(Guid child) => Open<CarerContact>(child, "contact");

    public string? Address(Guid household) => Open<string>(household, "address");

    public static async Task<SealedTexts> LoadAsync(StoreWork work, PersonKeyTable personKeys, IEnumerable<Guid> streams, CancellationToken ct)
    {
        var found = new Dictionary<(Guid, string), Sealed>();
        await using (var command = new NpgsqlCommand($"""
            select distinct on (stream_id, type = 'carer_named') stream_id, case when data ? 'identity' then 'identity' when data ? 'address' then 'address' else 'contact' end,
                coalesce(data->>'identity', data->>'address', data->>'contact')
            from {work.Schema}.mt_events where stream_id = any($1) and type = any($2) order by stream_id, type = 'carer_named', version desc
            """, work.Connection, work.Transaction))
        {
            command.Parameters.Add(new() { Value = streams.Distinct().ToArray() });
            command.Parameters.Add(new() { Value = Types });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                if (!reader.IsDBNull(2) && Sealed.TryParse(reader.GetString(2), out var value))
                    found[(reader.GetGuid(0), reader.GetString(1))] = value;
        }
        return new(found, await personKeys.LoadMany(work.Connection, work.Transaction, [.. found.Values.Select(s => s.KeyId).Distinct()], ct));
    }

    private T? Open<T>(Guid stream, string field) where T : class =>
        found.TryGetValue((stream, field), out var value) && keys.TryGetValue(value.KeyId, out var key) && key.TryUnsealJson<T>(value, out var content) ? content : null;
}
