using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EventLog.IntegrationTests;

public sealed class IncarnationTests(Store store)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_keeps_its_incarnation_and_another_store_has_another()
    {
        await using var other = await store.MigratedAsync("other");
        var first = await Incarnation.ReadAsync(store.Database, Store.Schema, ct);
        Assert.Equal(first, await Incarnation.ReadAsync(store.Database, Store.Schema, ct));
        Assert.NotEqual(first, await Incarnation.ReadAsync(((EventStore)other.Services.GetService(typeof(EventStore))!).Database, Store.Schema, ct));
    }
}
