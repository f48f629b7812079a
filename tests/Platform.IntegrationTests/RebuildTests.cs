using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Npgsql;
using static LeftBehind.Platform.IntegrationTests.RunningPlatform;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>All figures made anew beside the live ones. Rebuilds run one at a time, so these tests are one after another.</summary>
public sealed class RebuildTests(RunningPlatform platform)
{
    private static readonly DivisionId County = DivisionId.Parse("431223@2023");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_folded_page_by_page_equals_what_is_made_anew_however_children_moved_and_a_figure_that_is_wrong_is_found_and_put_right()
    {
        await TellMovesAsync("431223", new Random(3), children: 200, moves: 1_000);
        await FoldedAsync(200);
        var same = await RebuildAsync(compareOnly: true);
        Assert.Equal((0, 0, false), (same.FigureDifferences, same.SubjectDifferences, same.Switched));
        Assert.True(same.AsOfSequence >= 1_000 && same.Subjects >= 200, $"{same}");

        await platform.TamperAsync($"update platform.division_figure set n = n + 1 where division = {County.Value} and measure = 0");
        Assert.Equal((1, false), await RebuildAsync(compareOnly: true) is var found ? (found.FigureDifferences, found.Switched) : default);
        Assert.Equal(201, await OnFileAsync());

        Assert.Equal((1, true), await RebuildAsync() is var mended ? (mended.FigureDifferences, mended.Switched) : default);
        Assert.Equal(200, await OnFileAsync());
        Assert.Equal(0, (await RebuildAsync(compareOnly: true)).FigureDifferences);
        // The live fold goes on upon the new tables.
        await platform.TellAsync(Fact(Guid.NewGuid(), 1, VillagesOf("431223")[0]));
        await FoldedAsync(201);
        Assert.Equal(0, (await platform.Client.ReconcileAsync(new(), platform.AsOperations())).FigureDifferences);
    }

    [Fact]
    public async Task Facts_that_are_told_and_figures_that_are_read_while_all_is_made_anew_again_and_again_are_neither_lost_nor_counted_twice()
    {
        const string Quiet = "431224";
        var village = VillagesOf(Quiet)[0];
        await platform.TellAsync([.. Enumerable.Range(0, 10).Select(_ => Fact(Guid.NewGuid(), 1, village))]);
        await Eventually.IsAsync(() => OnFileAsync(Quiet), n => n == 10, Ct);
        using var over = new CancellationTokenSource();
        var telling = TellMovesAsync("431225", new Random(5), children: 100, moves: 3_000);
        var reading = Task.Run(async () =>
        {
            var read = 0;
            for (; !over.IsCancellationRequested; read++)
                Assert.Equal(10, await OnFileAsync(Quiet));
            return read;
        }, Ct);
        var switched = 0;
        for (; switched < 3 || !telling.IsCompleted; switched++)
            Assert.Equal((0, 0, true), await RebuildAsync() is var rebuilt ? (rebuilt.FigureDifferences, rebuilt.SubjectDifferences, rebuilt.Switched) : default);
        await telling;
        await over.CancelAsync();
        Assert.True(await reading > 0);

        await Eventually.IsAsync(() => RebuildAsync(compareOnly: true), r => r.AsOfSequence >= 3_000 && r is { FigureDifferences: 0, SubjectDifferences: 0 }, Ct);
        await Eventually.IsAsync(async () => await platform.Client.ReconcileAsync(new(), platform.AsOperations()), r => r.FigureDifferences == 0, Ct);
    }

    [Fact]
    public async Task A_page_that_the_fold_read_from_tables_that_were_replaced_before_its_commit_is_refused()
    {
        const string Own = "431226";
        var child = Guid.NewGuid();
        await platform.TellAsync(Fact(child, 1, VillagesOf(Own)[0]));
        await Eventually.IsAsync(() => OnFileAsync(Own), n => n == 1, Ct);
        await platform.TamperAsync($"delete from platform.subject_facts where subject = '{child}'");

        var commit = await platform.FoldAgainAsync(child);
        // The rebuild finds the row that was deleted.
        Assert.Equal((1, true), await RebuildAsync() is var mended ? (mended.SubjectDifferences, mended.Switched) : default);
        var refused = await Assert.ThrowsAnyAsync<Exception>(commit);
        Assert.Equal("kind", (refused as PostgresException ?? refused.InnerException as PostgresException)?.ColumnName);
        Assert.Equal(1, await OnFileAsync(Own));
        Assert.Equal(0, (await RebuildAsync(compareOnly: true)).FigureDifferences);
    }

    [Fact]
    public async Task Broken_off_anywhere_it_leaves_the_live_figures_as_they_were()
    {
        const string Own = "431227";
        await platform.TellAsync(Fact(Guid.NewGuid(), 1, VillagesOf(Own)[0]));
        await Eventually.IsAsync(() => OnFileAsync(Own), n => n == 1, Ct);
        foreach (var after in new[] { 0, 20, 60, 150, 400 })
        {
            using var broken = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            using var call = platform.Client.RebuildFigures(new() { CompareOnly = true }, platform.AsOperations().WithCancellationToken(broken.Token));
            broken.CancelAfter(after);
            await Record.ExceptionAsync(async () =>
            {
                while (await call.ResponseStream.MoveNext(broken.Token))
                {
                }
            });
            Assert.Equal(1, await OnFileAsync(Own));
        }
        // The one that was broken off last may still be leaving.
        await Eventually.IsAsync(async () => (await TryAsync()) is null, free => free, Ct);
        Assert.Equal(0, (await RebuildAsync()).FigureDifferences);
    }

    [Fact]
    public async Task Only_one_runs_at_a_time()
    {
        // Whichever of them comes second is refused, until the first has ended.
        await Eventually.IsAsync(async () =>
        {
            var both = await Task.WhenAll(TryAsync(), TryAsync(), TryAsync());
            Assert.All(both.OfType<StatusCode>(), status => Assert.Equal(StatusCode.FailedPrecondition, status));
            return both;
        }, both => both.Any(b => b is null) && both.Any(b => b is not null), Ct);
    }

    /// <summary>Why a rebuild was refused, if it was.</summary>
    private async Task<StatusCode?> TryAsync()
    {
        try
        {
            await RebuildAsync(compareOnly: true);
            return null;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    /// <summary>Children of a county that move among its villages.</summary>
    private async Task TellMovesAsync(string county, Random random, int children, int moves)
    {
        var villages = VillagesOf(county);
        var of = Enumerable.Range(0, children).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var page in Enumerable.Range(0, moves).Select(i => Fact(of[i % children], 1 + i / children, villages[random.Next(villages.Count)])).Chunk(50))
            await platform.TellAsync(page);
    }

    private static List<string> VillagesOf(string county) =>
        [.. ShippedData.Tree.Children(DivisionId.Parse(county + "@2023")).SelectMany(t => ShippedData.Tree.Children(t)).Take(40).Select(v => ShippedData.Tree.Code(v).ToString())];

    private async Task FoldedAsync(long children) => await Eventually.IsAsync(() => OnFileAsync(), n => n == children, Ct);

    private async Task<long> OnFileAsync(string county = "431223") =>
        (await platform.Client.GetFiguresAsync(new() { DivisionCode = county, Populations = { "onFile" }, Dimensions = { "total" } }, platform.AsOfficer(county)))
        .Division.Figures.SingleOrDefault(f => f.Measure == "onFile.total.all")?.Value ?? 0;

    private async Task<RebuildProgress> RebuildAsync(bool compareOnly = false)
    {
        using var call = platform.Client.RebuildFigures(new() { CompareOnly = compareOnly }, platform.AsOperations());
        var last = new RebuildProgress();
        while (await call.ResponseStream.MoveNext(Ct))
            last = call.ResponseStream.Current;
        Assert.True(last.Done);
        return last;
    }
}
