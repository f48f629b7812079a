using System.Text.RegularExpressions;
using LeftBehind.Sealing;
using Npgsql;

namespace LeftBehind.EndToEndTests.Leaks;

/// <summary>
/// Everything that can be read by whoever holds all keys of an installation: each sealed value of each table, opened with the keys
/// of persons that are left, and with those that the services share or keep for themselves.
/// </summary>
internal sealed partial class Unsealing(RunningInstallation running)
{
    private static readonly string[] Sealing = ["Registry", "EducationAttendance", "Reporting"];

    /// <summary>What each service's sealed values say, and how many there were of those that can be opened.</summary>
    public async Task<List<byte[]>> ReadAsync(CancellationToken ct)
    {
        var read = new List<byte[]>();
        foreach (var service in Sealing)
            read.AddRange(await ReadAsync(service, ct));
        return read;
    }

    private async Task<List<byte[]>> ReadAsync(string service, CancellationToken ct)
    {
        var values = new HashSet<Sealed>();
        var store = new NpgsqlConnectionStringBuilder(running.Services.StoreOf(service)) { Pooling = false };
        await foreach (var (table, text) in Places.TablesAsync(running.Services.Postgres.ConnectionString))
        {
            if (!table.StartsWith(store.Database + ": ", StringComparison.Ordinal))
                continue;
            foreach (Match token in Base64Urls().Matches(text))
                if (Sealed.TryParse(token.Value, out var value))
                    values.Add(value);
            foreach (Match bytes in Hexadecimals().Matches(text))
                if (bytes.Value.Length % 2 == 0 && Sealed.TryFrom(Convert.FromHexString(bytes.Value), out var value))
                    values.Add(value);
        }
        await using var database = NpgsqlDataSource.Create(store.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(ct);
        var schema = service switch { "EducationAttendance" => "education", _ => service.ToLowerInvariant() };
        var persons = await new PersonKeyTable(schema, new MasterKey(Key($"{service}.master-key")), TimeProvider.System)
            .LoadMany(connection, null, [.. values.Select(v => v.KeyId).Distinct()], ct);
        SealedTo[] others = [new("registry", Key("to-registry.key")), new("waiting-rows", Key($"{service}.master-key"))];
        var read = new List<byte[]>();
        foreach (var value in values)
            if (persons.TryGetValue(value.KeyId, out var person))
            {
                if (person.TryUnseal(value, out var plain))
                    read.Add(plain);
            }
            else
                read.AddRange(others.Select(other => Open(other, value)).OfType<byte[]>());
        return read;
    }

    private static byte[]? Open(SealedTo key, Sealed value)
    {
        try
        {
            return key.Unseal(value);
        }
        catch (SealingException)
        {
            return null; // another's, or no sealed value at all
        }
    }

    private byte[] Key(string name) => Convert.FromBase64String(File.ReadAllText(Path.Combine(running.Folder, "secrets", name)).Trim());

    [GeneratedRegex("[A-Za-z0-9_-]{60,}")]
    private static partial Regex Base64Urls();

    [GeneratedRegex(@"(?<=\\x)[0-9a-f]{90,}")]
    private static partial Regex Hexadecimals();
}
