using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Reporting.V1;
using static LeftBehind.Reporting.IntegrationTests.Story;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>A duty officer sees what stands and what changes, over lost connections too.</summary>
public sealed class LiveReportsTests(RunningReports reports)
{
    // A village of its own in another county, which no other test reports in.
    private const string County = "431022", Village = "431022101201";
    private readonly Story story = new(reports);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_report_its_changes_and_its_end_are_seen_and_a_reconnect_misses_nothing()
    {
        var police = reports.As(Department.Police, County);
        var first = await story.ReportAsync(Harm(Situation.LivingAlone, Guid.NewGuid(), Village), police);
        string cursor;
        using (var call = Watch(""))
        {
            var list = await NextAsync(call, a => a.Complete);
            Assert.Contains(list, r => r.ReportId == first && r is { Open: true, Urgency: Urgency.High, ResponseId: "" });
            var urgent = await story.ReportAsync(Harm(Situation.Missing, Guid.NewGuid(), Village), police);
            Assert.Contains(await NextAsync(call, a => a.Reports.Any(r => r.ReportId == urgent)), r => r.ReportId == urgent && r.Urgency is Urgency.Emergency);
            cursor = call.ResponseStream.Current.Cursor;
        }
        // Meanwhile nobody watches.
        var response = (await reports.Client.ReferToPoliceAsync(new() { ReportId = first, At = At(10) }, police)).ResponseId;
        await story.Responses.RecordDispatchAsync(new() { ResponseId = response, At = At(12) }, police);
        var missed = await story.ReportAsync(Harm(Situation.OtherHarm, Guid.NewGuid(), Village), police);
        var aside = await story.ReportAsync(Harm(Situation.OtherHarm, Guid.NewGuid(), Village), police);
        await story.People.SetAsideReportAsync(new() { ReportId = aside, As = SetAsideAs.Unfounded, Reason = "查无此事", ExpectedVersion = 2 }, police);
        using var again = Watch(cursor);
        var seen = await NextAsync(again, a => a.Reports.Any(r => r.ReportId == aside && !r.Open));
        Assert.Contains(seen, r => r.ReportId == first && r.ResponseId == response && r is { Standing: Standing.UnderHandling, ResponseState: ResponseState.OnScene });
        Assert.Contains(seen, r => r.ReportId == missed && r.Open);
        Assert.Contains(seen, r => r.ReportId == aside && r is { Open: false, Standing: Standing.Unfounded });
    }

    [Fact]
    public async Task Under_load_each_report_is_told_and_how_soon_is_written_down()
    {
        const int Senders = 8, Each = 40;
        const string Watched = "431022101202", Beside = "431022101203";
        using var call = Watch("");
        await NextAsync(call, a => a.Complete);
        var (acknowledged, told) = (new ConcurrentDictionary<string, long>(), new Dictionary<string, long>());
        var sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            for (var i = 0; i < Each; i++)
                acknowledged[await story.ReportAsync(Harm(Situation.Missing, Guid.NewGuid(), sender == 0 ? Watched : Beside), reports.As(Department.Police, County))] = Stopwatch.GetTimestamp();
        }));
        while (told.Count < Each)
            foreach (var report in (await NextAsync(call, a => a.Reports.Count > 0)).Where(r => r.DivisionCode == Watched))
                told.TryAdd(report.ReportId, Stopwatch.GetTimestamp());
        await sending;
        var late = told.Where(t => acknowledged.ContainsKey(t.Key)).Select(t => Math.Max(0, Stopwatch.GetElapsedTime(acknowledged[t.Key], t.Value).TotalMilliseconds)).Order().ToList();
        Assert.Equal(Each, late.Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"from acknowledgement to the watcher, {Senders * Each} reports by {Senders}: p50 {late[Each / 2]:0} ms, highest {late[^1]:0} ms");
    }

    [Fact]
    public async Task It_is_told_within_the_division_and_to_nobody_whom_it_concerns()
    {
        var police = reports.As(Department.Police, County);
        using var concerned = reports.Live.WatchReports(new() { DivisionCode = County }, reports.As(Department.CivilAffairs, County));
        await NextAsync(concerned, a => a.Complete);
        var hidden = await story.ReportAsync(new(Harm(Situation.OtherHarm, null, Village)) { ConcernedAccount = $"officer-{County}" }, story.Bureau);
        await story.ReportAsync(Harm(Situation.Missing, null));
        var shown = await story.ReportAsync(Harm(Situation.Missing, null, Village), police);
        var told = await NextAsync(concerned, a => a.Reports.Any(r => r.ReportId == shown));
        Assert.All(told, r => Assert.StartsWith(County, r.DivisionCode, StringComparison.Ordinal));
        Assert.DoesNotContain(told, r => r.ReportId == hidden);
    }

    [Fact]
    public async Task A_watcher_whose_token_runs_out_hears_so_and_goes_on_with_a_new_one_at_its_cursor()
    {
        string cursor;
        using (var call = reports.Live.WatchReports(new() { DivisionCode = County }, reports.As(Department.Police, County, lifetime: TimeSpan.FromSeconds(3))))
        {
            await NextAsync(call, a => a.Complete);
            cursor = call.ResponseStream.Current.Cursor;
            var ended = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                while (await call.ResponseStream.MoveNext(ct))
                    cursor = call.ResponseStream.Current.Cursor;
            });
            Assert.Equal((StatusCode.Unauthenticated, "the token has run out; call again with a new one and the last cursor"), (ended.StatusCode, ended.Status.Detail));
        }
        var missed = await story.ReportAsync(Harm(Situation.OtherHarm, Guid.NewGuid(), Village), reports.As(Department.Police, County));
        using var again = Watch(cursor);
        Assert.Contains(await NextAsync(again, a => a.Reports.Any(r => r.ReportId == missed)), r => r.ReportId == missed);
    }

    [Fact]
    public async Task A_cursor_of_another_store_and_another_division_are_refused()
    {
        foreach (var cursor in new[] { "x", "!", Convert.ToBase64String(new byte[24]) })
        {
            using var call = Watch(cursor);
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(ct))).StatusCode);
        }
        using var elsewhere = reports.Live.WatchReports(new() { DivisionCode = Places.County }, reports.As(Department.Police, County));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => elsewhere.ResponseStream.MoveNext(ct))).StatusCode);
    }

    private AsyncServerStreamingCall<LiveAnswer> Watch(string cursor) => reports.Live.WatchReports(new() { DivisionCode = County, Cursor = cursor }, reports.As(Department.Police, County));

    /// <summary>All reports told until an answer is the one waited for.</summary>
    private async Task<List<LiveReport>> NextAsync(AsyncServerStreamingCall<LiveAnswer> call, Func<LiveAnswer, bool> arrived)
    {
        var told = new List<LiveReport>();
        do
        {
            Assert.True(await call.ResponseStream.MoveNext(ct));
            told.AddRange(call.ResponseStream.Current.Reports);
        } while (!arrived(call.ResponseStream.Current));
        return told;
    }
}
