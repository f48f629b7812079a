using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;
using Microsoft.Extensions.Configuration;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>The master key is exchanged while the service works: every person stays readable, and the former key opens nothing any more.</summary>
public sealed class RotationTests(RegistryServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_key_is_wrapped_again_and_an_erased_person_stays_erased()
    {
        await using var registry = await servers.StartAsync();
        var feed = new Feed(registry, "population-base", Places.County);
        await feed.TakeAsync([feed.Household("h1"), .. Enumerable.Range(1, 9).Select(n => feed.Member("h1", $"c{n}", $"李小{n}"))]);
        var (kept, erased) = (await IdentityAsync(registry, "李小1"), await IdentityAsync(registry, "李小2"));
        await using (var connection = await registry.Database.OpenConnectionAsync(ct))
            await registry.Service<PersonKeyTable>().Destroy(connection, null, [erased.KeyId], ct);

        var former = Convert.FromBase64String(registry.Service<IConfiguration>()["Sealing:MasterKey"]!);
        var next = System.Security.Cryptography.RandomNumberGenerator.GetBytes(SealingOptions.KeySize);
        var rotating = new PersonKeyTable(RegistryModule.Schema, new MasterKey(next, former: [former]), TimeProvider.System);
        // Two replicas at once, few rows at a time.
        await Task.WhenAll(WrapAllAsync(rotating, registry), WrapAllAsync(rotating, registry));

        var alone = new PersonKeyTable(RegistryModule.Schema, new MasterKey(next), TimeProvider.System);
        await using var reading = await registry.Database.OpenConnectionAsync(ct);
        var keys = await alone.LoadMany(reading, null, [kept.KeyId, erased.KeyId], ct);
        Assert.True(keys[kept.KeyId].TryUnsealJson<PersonalDetails>(kept, out var details));
        Assert.Equal("李小1", details.Name);
        Assert.True(keys[erased.KeyId].IsDestroyed);
        await Assert.ThrowsAsync<SealingException>(() => registry.Service<PersonKeyTable>().LoadMany(reading, null, [kept.KeyId], ct));
    }

    private async Task WrapAllAsync(PersonKeyTable table, RunningRegistry registry)
    {
        var last = Guid.Empty;
        while (await table.WrapAgainAsync(registry.Database, last, 3, ct) is { } wrapped)
            last = wrapped;
    }

    /// <summary>The sealed identity of the file that holds this name.</summary>
    private async Task<Sealed> IdentityAsync(RunningRegistry registry, string name)
    {
        var table = registry.Service<PersonKeyTable>();
        foreach (var text in await registry.ColumnAsync("select data->>'identity' from registry.mt_events where type = 'child_file_opened'"))
        {
            Assert.True(Sealed.TryParse(text, out var value));
            await using var connection = await registry.Database.OpenConnectionAsync(ct);
            if ((await table.LoadMany(connection, null, [value.KeyId], ct))[value.KeyId].TryUnsealJson<PersonalDetails>(value, out var details) && details.Name == name)
                return value;
        }
        throw new InvalidOperationException("No such file.");
    }
}
