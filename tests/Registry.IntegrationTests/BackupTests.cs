using System.Diagnostics;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Backups as the README has them: data without the keys of persons, and the keys apart. What can be read of each.</summary>
public sealed class BackupTests(RegistryServers servers) : IDisposable
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("leftbehind-backup-").FullName;

    [Fact]
    public async Task A_destroyed_key_comes_back_neither_with_the_data_nor_with_an_older_backup_of_the_keys()
    {
        await using var registry = await servers.StartAsync();
        var feed = new Feed(registry, "population-base", Places.County);
        var rows = await feed.TakeAsync(feed.Household("h1", address: "一号"), feed.Member("h1", "c1", "李小禾"), feed.Household("h2", address: "二号"), feed.Member("h2", "c2", "王小苗"));
        var (dataBefore, keysBefore) = (await DumpAsync(registry, "data-1", "--exclude-table-data=*.person_key"), await DumpAsync(registry, "keys-1", "--table=*.person_key"));
        await registry.Erasure.EraseChildAsync(new() { ChildId = rows[1], Ground = ErasureGround.RetentionExpired, DocumentNo = "1", ExpectedVersion = 1 }, registry.AsOfficer());
        var dataAfter = await DumpAsync(registry, "data-2", "--exclude-table-data=*.person_key");

        // Data alone: nobody is read.
        var restored = await RestoreAsync(dataAfter);
        Assert.Empty(await ReadableAsync(registry, restored));
        Assert.Equal(2, await CountAsync(restored, "registry.mt_events where type = 'child_file_opened'"));

        // With keys of before the erasure: the data says what was destroyed, and it is destroyed again.
        await RestoreAsync(keysBefore, into: restored);
        Assert.Equal(["二号", "王小苗"], await ReadableAsync(registry, restored));
        await using (var source = NpgsqlDataSource.Create(restored))
            Assert.Equal(2, await registry.Service<PersonKeyTable>().DestroyAgainAsync(source, ct));
        Assert.Equal(2, await CountAsync(restored, "registry.person_key where octet_length(wrapped) = 0"));
        Assert.Equal(["二号", "王小苗"], await ReadableAsync(registry, restored));

        // Both of before: nothing here knows of the erasure; it has to be ordered again.
        var older = await RestoreAsync(dataBefore);
        await RestoreAsync(keysBefore, into: older);
        Assert.Equal(["一号", "二号", "李小禾", "王小苗"], await ReadableAsync(registry, older));
    }

    /// <summary>Names and addresses that the keys in a database open.</summary>
    private async Task<List<string>> ReadableAsync(RunningRegistry registry, string database)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        var values = new List<Sealed>();
        await using (var command = source.CreateCommand("select coalesce(data->>'identity', data->>'address') from registry.mt_events where data ? 'identity' or data ? 'address'"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                values.Add(Sealed.TryParse(reader.GetString(0), out var value) ? value : throw new InvalidOperationException("Not sealed."));
        Assert.Equal(4, values.Count);
        var master = new MasterKey(Convert.FromBase64String(registry.Service<IConfiguration>()["Sealing:MasterKey"]!));
        await using var connection = await source.OpenConnectionAsync(ct);
        var keys = await new PersonKeyTable(RegistryModule.Schema, master, TimeProvider.System).LoadMany(connection, null, [.. values.Select(v => v.KeyId)], ct);
        return [.. values.Where(v => keys.GetValueOrDefault(v.KeyId) is { IsDestroyed: false }).Select(v => Read(keys[v.KeyId], v)).Order(StringComparer.Ordinal)];
    }

    private static string Read(PersonKey key, Sealed value)
    {
        Assert.True(key.TryUnseal(value, out var plain));
        return plain[0] == '{' ? System.Text.Json.JsonSerializer.Deserialize<PersonalDetails>(plain, System.Text.Json.JsonSerializerOptions.Web)!.Name
            : System.Text.Json.JsonSerializer.Deserialize<string>(plain)!;
    }

    private async Task<long> CountAsync(string database, string what)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand($"select count(*) from {what}");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<string> DumpAsync(RunningRegistry registry, string name, string what)
    {
        var file = Path.Combine(folder, name);
        await RunAsync("pg_dump", registry.Service<IConfiguration>()["ConnectionStrings:Store"]!, "--format=custom", "--no-owner", what, "--file=" + file);
        return file;
    }

    /// <summary>Into a new database; or only its rows into one that has the tables.</summary>
    private async Task<string> RestoreAsync(string file, string? into = null)
    {
        var database = into ?? await servers.NewDatabaseAsync("restored");
        string[] arguments = into is null ? ["--no-owner", "--exit-on-error", file] : ["--no-owner", "--exit-on-error", "--data-only", file];
        await RunAsync("pg_restore", database, arguments);
        return database;
    }

    private async Task RunAsync(string program, string database, params string[] arguments)
    {
        var to = new NpgsqlConnectionStringBuilder(database);
        var home = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).OrderByDescending(p => p.Length).ThenByDescending(p => p, StringComparer.Ordinal).FirstOrDefault() : null;
        var start = new ProcessStartInfo(home ?? program, [$"--host={to.Host}", $"--port={to.Port}", $"--username={to.Username}", $"--dbname={to.Database}", .. arguments])
        { RedirectStandardError = true, Environment = { ["PGPASSWORD"] = to.Password } };
        using var running = Process.Start(start)!;
        var said = await running.StandardError.ReadToEndAsync(ct);
        await running.WaitForExitAsync(ct);
        Assert.True(running.ExitCode == 0, $"{program}: {said}");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
