using CsCheck;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;
using LeftBehind.Divisions.Tests;
using LeftBehind.EventLog;
using LeftBehind.Platform.Divisions;
using LeftBehind.Protos.Platform.V1;
using static LeftBehind.Divisions.Tests.SmallTree;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>Figures while the tree changes under them.</summary>
public sealed class ChangingTreeTests
{
    private const string Document = "湘政函〔2023〕1号";
    private const string On = "2023-06-30";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_any_history_with_any_changes_fold_recount_and_rebuild_agree_and_every_parent_is_the_sum_of_its_children()
    {
        await using var platform = await SmallPlatform.StartAsync(Regular);
        var (now, homes, random) = (Regular, new Dictionary<Guid, DivisionId>(), new Random(41));
        var children = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToArray();
        await RandomChanges.Draw.Array[8, 14].SampleAsync(async draws =>
        {
            foreach (var draw in draws)
            {
                var villages = All(now).Where(d => d.Level is DivisionLevel.Village).ToList();
                var moves = Enumerable.Range(0, 6).Select(_ => (Child: children[random.Next(children.Length)], Village: villages[random.Next(villages.Count)])).DistinctBy(m => m.Child).ToList();
                await platform.TellAsync([.. moves.Select(m => SmallPlatform.Lives(m.Child, m.Village))]);
                foreach (var (child, village) in moves)
                    homes[child] = village;
                if (RandomChanges.Of(now, draw) is var change && ForbiddenChanges.Of(now, change, new(2026, 1, 1)) is null)
                {
                    await platform.ConfirmAsync(now.Changes, ShowChange.Of(change).WithDocument(Document));
                    now = now.After(change);
                }
            }
            await platform.CountedAsync();
            var counted = await platform.ChildrenAsync();
            Assert.Equal(homes.Values.SelectMany(now.Upwards).CountBy(d => d).ToDictionary(d => d.Key, d => (long)d.Value), counted);
            Assert.All(All(now).Where(d => d.Level < DivisionLevel.Village), parent => Assert.Equal(
                counted.GetValueOrDefault(parent), now.Below(parent).Sum(child => counted.GetValueOrDefault(child)) + homes.Values.Count(h => now.CountedIn(h) == parent)));
            Assert.Equal(0, (await platform.Client.ReconcileAsync(new(), platform.Operations)).FigureDifferences);
        }, iter: 3, threads: 1);

        Assert.True(now.Changes > 10, $"{now.Changes} changes were confirmed.");
        using (var rebuild = platform.Client.RebuildFigures(new(), platform.Operations))
        {
            var last = new RebuildProgress();
            while (await rebuild.ResponseStream.MoveNext(Ct))
                last = rebuild.ResponseStream.Current;
            Assert.Equal((0, 0, true), (last.FigureDifferences, last.SubjectDifferences, last.Switched));
        }
        var folded = await platform.ReadModelAsync();
        Assert.Equal(folded, await platform.RebuiltAsync(Regular));
    }

    [Fact]
    public async Task A_recoded_and_moved_county_takes_its_figures_and_its_officer_along_and_no_child_hears_of_it()
    {
        await using var platform = await SmallPlatform.StartAsync(Regular);
        var (child, village) = (Guid.NewGuid(), Id("431003101201"));
        await platform.TellAsync(SmallPlatform.Lives(child, village), SmallPlatform.Lives(Guid.NewGuid(), Id("431002101201")));
        await platform.CountedAsync();
        var events = await platform.ColumnAsync($"select count(*)::text from platform.mt_events where stream_id = '{child}'");

        await platform.ConfirmAsync(0, new DivisionChange { EffectiveOn = On, Document = Document, Reparent = new() { DivisionId = "431003@2019", ParentId = "4311@2019" } },
            new DivisionChange { EffectiveOn = On, Document = Document, Recode = new() { DivisionId = "431003@2019", Code = "431104" } });
        await platform.CountedAsync();

        Assert.Equal(events, await platform.ColumnAsync($"select count(*)::text from platform.mt_events where stream_id = '{child}'"));
        var counted = await platform.ChildrenAsync();
        Assert.Equal((2, 1, 1, 1, 1), (counted[Id("43")], counted[Id("4310")], counted[Id("4311")], counted[Id("431003")], counted[village]));
        // With the old token and with a new one he stands where his county is.
        foreach (var officer in new[] { "431003", "431104" })
        {
            var answer = await platform.Client.GetFiguresAsync(new() { DivisionCode = "431104", Populations = { "onFile" }, Dimensions = { "total" } }, platform.As(officer));
            Assert.Equal(["43@2019", "4311@2019", "431003@2019"], answer.Path.Select(d => d.DivisionId));
            Assert.Equal(1, answer.Division.Figures.Single().Value);
            Assert.Equal(child.ToString(), (await platform.Client.ListSubjectsAsync(new() { DivisionCode = "431104101201", Measure = "onFile.total.all" }, platform.As(officer))).Subjects_.Single().SubjectId);
        }
        Assert.Equal(StatusCode.NotFound, await StatusAsync(platform.Client.GetFiguresAsync(new() { DivisionCode = "431104" }, platform.As("4310"))));
        Assert.Equal(StatusCode.OK, await StatusAsync(platform.Client.GetFiguresAsync(new() { DivisionCode = "431104" }, platform.As("4311"))));
    }

    [Fact]
    public async Task Whoever_was_counted_in_a_merged_village_is_listed_in_the_one_it_ended_in_and_an_abolished_one_is_shown_as_long_as_it_counts_anybody()
    {
        await using var platform = await SmallPlatform.StartAsync(Regular);
        var (merged, left) = (Guid.NewGuid(), Guid.NewGuid());
        await platform.TellAsync(SmallPlatform.Lives(merged, Id("431003101201")), SmallPlatform.Lives(left, Id("431003102201")));
        await platform.ConfirmAsync(0, new DivisionChange { EffectiveOn = On, Document = Document, Merge = new() { DivisionIds = { "431003101201@2019" }, IntoId = "431003101202@2019" } },
            new DivisionChange { EffectiveOn = On, Document = Document, Abolish = new() { DivisionId = "431003102201@2019" } });
        await platform.CountedAsync();

        Assert.Equal(merged.ToString(), (await platform.Client.ListSubjectsAsync(new() { DivisionCode = "431003101202", Measure = "onFile.total.all" }, platform.As("431003"))).Subjects_.Single().SubjectId);
        var town = await platform.Client.GetFiguresAsync(new() { DivisionCode = "431003102" }, platform.As("431003"));
        Assert.Equal([("431003102201", true), ("431003102202", false)], town.Children.Select(c => (c.Division.Code, c.Division.Ended)));
        await platform.TellAsync(SmallPlatform.Lives(left, Id("431003102202")));
        await platform.CountedAsync();
        town = await platform.Client.GetFiguresAsync(new() { DivisionCode = "431003102" }, platform.As("431003"));
        Assert.Equal(["431003102202"], town.Children.Select(c => c.Division.Code));
    }

    [Fact]
    public async Task A_request_is_taken_once_whole_or_not_at_all_and_by_nobody_but_the_province()
    {
        await using var platform = await SmallPlatform.StartAsync(Regular);
        DivisionChange Rename(string id, string name) => new() { EffectiveOn = On, Document = Document, Rename = new() { DivisionId = id, Name = name } };
        var request = new ConfirmDivisionChangesRequest { RequestId = Guid.NewGuid().ToString(), Changes = { Rename("431003@2019", "苏仙区"), new DivisionChange { EffectiveOn = On, Document = Document, Establish = new() { Code = "431003105", Name = "新镇", ParentId = "431003@2019" } } } };
        var first = await platform.Divisions.ConfirmDivisionChangesAsync(request, platform.As("43"));
        Assert.Equal((2, "431003105@2023"), (first.Version, first.EstablishedIds.Single()));
        Assert.Equal(first, await platform.Divisions.ConfirmDivisionChangesAsync(request, platform.As("43")));

        // One that is forbidden takes the others with it.
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(platform.Divisions.ConfirmDivisionChangesAsync(
            new() { RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 2, Changes = { Rename("431002@2019", "北湖区"), Rename("431003@2019", "苏仙区") } }, platform.As("43"))));
        Assert.Equal(StatusCode.Aborted, await StatusAsync(platform.ConfirmAsync(1, Rename("431002@2019", "北湖区"))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(platform.ConfirmAsync(2, Rename("440103@2019", "荔湾区"))));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(platform.ConfirmAsync(2)));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(platform.ConfirmAsync(2, Rename("431002", "北湖区"))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(platform.Divisions.ConfirmDivisionChangesAsync(request, platform.As("4310"))));

        var list = await platform.Divisions.ListDivisionChangesAsync(new() { DivisionCode = "431003", PageSize = 1 }, platform.As("431003"));
        Assert.Equal((2, 2, DivisionChange.ChangeOneofCase.Establish), (list.Version, list.Changes.Single().Version, list.Changes.Single().Change.ChangeCase));
        Assert.Equal("officer-43@civil-affairs/43@2019/officer", list.Changes.Single().ConfirmedBy);
        list = await platform.Divisions.ListDivisionChangesAsync(new() { DivisionCode = "431003", PageSize = 1, PageToken = list.NextPageToken }, platform.As("431003"));
        Assert.Equal(("苏仙区", ""), (list.Changes.Single().Change.Rename.Name, list.NextPageToken));
        Assert.Empty((await platform.Divisions.ListDivisionChangesAsync(new() { DivisionCode = "431002" }, platform.As("431002"))).Changes);
    }

    [Fact]
    public async Task A_feed_that_is_read_while_divisions_change_ends_and_whoever_calls_again_is_told_by_the_tree_of_then()
    {
        await using var platform = await SmallPlatform.StartAsync(Regular);
        await platform.TellAsync(SmallPlatform.Lives(Guid.NewGuid(), Id("431003101201")));
        using var call = platform.Feed.ReadChanges(new() { DivisionCode = "431003101" }, platform.As("431003"));
        Assert.True(await call.ResponseStream.MoveNext(Ct));
        await platform.ConfirmAsync(0, new DivisionChange { EffectiveOn = On, Document = Document, Reparent = new() { DivisionId = "431003101@2019", ParentId = "431002@2019" } });
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(Ct))
            {
            }
        });
        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        using var again = platform.Feed.ReadChanges(new() { DivisionCode = "431003101" }, platform.As("431003"));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => again.ResponseStream.MoveNext(Ct))).StatusCode);
    }

    private static List<DivisionId> All(DivisionHistory now) => new DivisionTree(now) is var tree ? [.. Enumerable.Range(0, tree.Count).Select(tree.IdAt)] : [];

    private static async Task<StatusCode> StatusAsync<T>(AsyncUnaryCall<T> call) => await StatusAsync(call.ResponseAsync);

    private static async Task<StatusCode> StatusAsync<T>(Task<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}

internal static class Documents
{
    public static DivisionChange WithDocument(this DivisionChange change, string document)
    {
        change.Document = document;
        return change;
    }
}
