using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using static LeftBehind.Platform.IntegrationTests.RunningPlatform;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>The change feed, read as a department's system does that may end at any moment. Each test has counties of its own.</summary>
public sealed class ChangeFeedTests(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_is_killed_anywhere_and_begins_again_at_its_cursor_sees_every_change_in_order()
    {
        const int Pages = 40, APage = 25;
        const string County = "431003", Village = "431003101218", Elsewhere = "431002002200";
        var children = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToArray();
        var facts = Enumerable.Range(0, Pages * APage).Select(i => Fact(children[i % children.Length], 1 + i / children.Length, Village)).ToList();
        var telling = Task.Run(async () =>
        {
            foreach (var page in facts.Chunk(APage))
                await platform.TellAsync([Fact(Guid.NewGuid(), 1, Elsewhere), .. page]);
        }, Ct);

        var (random, cursor, taken, begun) = (new Random(11), "", new List<string>(), 0);
        while (taken.Distinct().Count() < facts.Count)
        {
            begun++;
            using var call = platform.Feed.ReadChanges(new() { DivisionCode = County, Cursor = cursor }, platform.AsOfficer(County));
            for (var answers = random.Next(1, 4); answers > 0 && await call.ResponseStream.MoveNext(Ct); answers--)
            {
                taken.AddRange(call.ResponseStream.Current.Changes_.Select(c => c.EventId));
                // One in four dies after taking what was told and before keeping the cursor.
                if (random.Next(4) == 0)
                    break;
                if (call.ResponseStream.Current.Cursor is { Length: > 0 } kept)
                    cursor = kept;
            }
        }

        await telling;
        Assert.True(begun > 3, $"It was begun {begun} times.");
        Assert.Equal(facts.Select(f => f.Id.ToString()), taken.Distinct());
        Assert.Equal(facts.Select(f => f.Id.ToString()), (await AllAsync(County, platform.AsOfficer(County))).Select(c => c.EventId));
    }

    [Fact]
    public async Task Each_department_is_told_what_it_may_read_of_children_inside()
    {
        const string County = "430921", Next = "430922";
        var (child, village) = (Guid.NewGuid(), ShippedData.Tree.Code(ShippedData.Tree.Children(ShippedData.Tree.Children(DivisionId.Parse(County + "@2023")).First()).First()).ToString());
        await platform.TellAsync(Fact(child, 1, village, ChildChange.Opened), Fact(child, 2, village, ChildChange.CarerChanged));

        // What was told stands in the log, and is shown once the figures stand there as well.
        var civil = await Eventually.IsAsync(() => AllAsync(County, platform.AsOfficer(County)), all => all.Count > 1, Ct);
        Assert.Equal([("child", village, "registry", "Opened"), ("child", village, "registry", "CarerChanged")],
            civil.Select(c => (c.Kind, c.DivisionCode, c.Entry.Service, c.Entry.Change)));
        Assert.Equal(["Opened"], (await AllAsync(County, platform.AsOfficer(County, Department.Police))).Select(c => c.Entry.Change));
        Assert.Empty(await AllAsync(Next, platform.AsOfficer(Next)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(new() { DivisionCode = County }, platform.AsOfficer(Next)));
        // City and province see figures only.
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(new() { DivisionCode = County }, platform.AsOfficer("4309")));
    }

    [Theory]
    [InlineData("431003", "早")]
    [InlineData("431003", "AAAA")]
    [InlineData("431003", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("43100", "")]
    public async Task A_malformed_request_or_a_cursor_of_another_store_is_refused(string division, string cursor) =>
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(new() { DivisionCode = division, Cursor = cursor }, platform.AsOfficer("431003")));

    /// <summary>From the beginning until that was all.</summary>
    private async Task<List<Change>> AllAsync(string division, CallOptions caller)
    {
        using var call = platform.Feed.ReadChanges(new() { DivisionCode = division }, caller);
        var changes = new List<Change>();
        while (await call.ResponseStream.MoveNext(Ct))
        {
            changes.AddRange(call.ResponseStream.Current.Changes_);
            if (call.ResponseStream.Current.CaughtUp)
                return changes;
        }
        throw new InvalidOperationException("The feed ended.");
    }

    private async Task<StatusCode> RefusedAsync(ReadChangesRequest request, CallOptions caller) => (await Assert.ThrowsAsync<RpcException>(async () =>
    {
        using var call = platform.Feed.ReadChanges(request, caller);
        await call.ResponseStream.MoveNext(Ct);
    })).StatusCode;
}
