using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>A service's copy of the division tree, of divisions far from all other tests.</summary>
public sealed class FollowedDivisionsTests(RegistryServers servers)
{
    private static readonly DivisionId County = DivisionId.Parse("654226@2023"), City = DivisionId.Parse("6543@2023"), OldCity = DivisionId.Parse("6542@2023");
    private static readonly DateOnly On = new(2024, 1, 1);

    [Fact]
    public async Task The_tree_follows_what_platform_tells_once_and_in_order_and_forgets_what_a_restored_platform_does_not_tell_again()
    {
        var tree = servers.Registry.Service<DivisionTree>();
        var (moved, renamed, back) = (Fact("division_reparented", new DivisionReparented(County, City, On, "1号")), Fact("division_renamed", new DivisionRenamed(County, "新名县", On, "2号")),
            Fact("division_reparented", new DivisionReparented(County, OldCity, On, "3号")));
        await TakeAsync(moved, renamed);
        Assert.Equal((City, "新名县"), (tree.Parent(County), tree.Name(County)));
        await TakeAsync(moved, renamed, back);
        await TakeAsync(renamed);
        Assert.Equal((OldCity, 3), (tree.Parent(County), tree.History.Changes));

        await TakeAsync(renamed with { Epoch = 1 });
        Assert.Equal((OldCity, "新名县", 1), (tree.Parent(County), tree.Name(County), tree.History.Changes));
        await Assert.ThrowsAnyAsync<JsonException>(() => TakeAsync(moved with { Id = Guid.NewGuid(), Json = "null" }));
    }

    /// <summary>As the lane takes a page, and as each replica looks after it.</summary>
    private async Task TakeAsync(params PagedEvent[] facts)
    {
        await servers.Registry.Service<EventStore>().RunAsync(work => new FollowDivisions().HandleAsync(work, facts, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await servers.Registry.Service<DivisionFollower>().LookAsync(TestContext.Current.CancellationToken);
    }

    private static PagedEvent Fact(string type, object change) => new(
        1, Guid.NewGuid(), Guid.NewGuid(), 1, Guid.NewGuid(), type, DateTimeOffset.UnixEpoch, On, null, null, JsonSerializer.Serialize(change, EventTypes.Json));
}
