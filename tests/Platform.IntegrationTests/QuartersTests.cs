using CsCheck;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Divisions.Tests;
using LeftBehind.Platform.Days;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Servers.Installations;
using LeftBehind.TestKit;
using CutQuarters = LeftBehind.Platform.Quarters.CutQuarters;
using FollowLateFacts = LeftBehind.Platform.Quarters.FollowLateFacts;
using Quarter = LeftBehind.Platform.Quarters.Quarter;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>季度: cut at its end, open to late facts until a town submits, locked, and never another afterwards.</summary>
public sealed class QuartersTests
{
    private const string Q = "2026Q1";
    private SetClock clock = new(new DateTimeOffset(2026, 3, 30, 8, 0, 0, TimeSpan.FromHours(8)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_quarter_shows_a_village_as_it_was_whatever_comes_later_and_today_shows_it_under_its_new_town()
    {
        using var data = TestFolder.Create();
        foreach (var file in new[] { "divisions-2019-extract.csv.gz", "divisions-2023-extract.csv.gz" })
            File.Copy(Path.Combine(Repository.Root, "tests", "Divisions.Tests", "Data", file), Path.Combine(data.Path, file));
        var shipped = Path.Combine(data.Path, "divisions-2019-extract.csv.gz");
        await using var platform = await SmallPlatform.StartAsync(DivisionTree.Load(shipped).History, clock, ("Divisions:File", shipped));
        var village = DivisionId.Parse("431003110201@2019");
        await platform.TellAsync([.. Enumerable.Range(0, 3).Select(_ => SmallPlatform.LeftBehind(Guid.NewGuid(), village, new(2026, 3, 1)))]);
        await CutAsync(platform);
        await GoUpAsync(platform);
        var (places, recorded) = (new[] { "431003110201", "431003110", "431003", "4310", "43" }, new List<byte[]>());
        foreach (var place in places)
            recorded.AddRange(await RecordedAsync(platform, place));
        var figures = Protos.Platform.V1.Figures.Parser.ParseFrom(recorded[0]);
        Assert.Equal(("麻田村", 3L, "2026-03-31"), (figures.Division.Division.Name, Value(figures.Division, "leftBehind.total.all"), figures.CountedOn));

        // The divisions of 2023, children who were there and are told of only now, and all figures made anew.
        await platform.TellAsync(SmallPlatform.LeftBehind(Guid.NewGuid(), village, new(2026, 3, 5)), SmallPlatform.LeftBehind(Guid.NewGuid(), village, new(2026, 4, 2)));
        using (var call = platform.Divisions.ProposeDivisionList(new() { DivisionCode = "43", List = "divisions-2023-extract.csv.gz" }, platform.As("43")))
        {
            var ids = new List<string>();
            while (await call.ResponseStream.MoveNext(Ct))
                ids.AddRange(call.ResponseStream.Current.Proposals.Where(p => p.Changes.Count > 0).Select(p => p.ProposalId));
            await platform.Divisions.ConfirmDivisionChangesAsync(
                new() { RequestId = $"{Guid.NewGuid()}", List = "divisions-2023-extract.csv.gz", Document = "统计用区划代码（2023）1号", ProposalIds = { ids } }, platform.As("43"));
        }
        await platform.CountedAsync();
        using (var rebuild = platform.Client.RebuildFigures(new(), platform.Operations))
            while (await rebuild.ResponseStream.MoveNext(Ct))
                Assert.Equal(0, rebuild.ResponseStream.Current.FigureDifferences);
        await FollowAsync(platform);

        var now = new List<byte[]>();
        foreach (var place in places)
            now.AddRange(await RecordedAsync(platform, place));
        Assert.Equal(recorded, now);
        var today = await platform.Client.GetFiguresAsync(new() { DivisionCode = "431003101218" }, platform.As("431003"));
        Assert.Equal(("湖南省/郴州市/苏仙区/白露塘镇/麻田村", 5L), (string.Join('/', today.Path.Select(d => d.Name)), Value(today.Division, "leftBehind.total.all")));
        var late = (await platform.Quarters.ListSubmissionsAsync(new() { DivisionCode = "431003110", Quarter = Q }, platform.As("431003"))).Submissions.Single();
        Assert.Equal((SubmissionState.Locked, 1), (late.State, late.LateFacts));
        var amended = await platform.Quarters.ListAmendmentsAsync(new() { DivisionCode = "431003", Quarter = Q }, platform.As("431003"));
        Assert.Equal((3L, 4L), amended.Amendments_.Where(a => a.Measure == "leftBehind.total.all").Select(a => (a.Recorded, a.Now)).Single());
        Assert.Equal(1, amended.LateFacts);
        var trend = await platform.Quarters.GetTrendAsync(new() { DivisionCode = "431003101218", Measures = { "leftBehind.total.all", "pupil.total.all" } }, platform.As("431003"));
        Assert.Equal([(Q, 3L), ("", 5L)], trend.Points.Select(p => (p.Quarter, p.Values[0])));
    }

    [Fact]
    public async Task A_fact_of_the_quarter_goes_into_its_copy_until_the_town_submits_and_again_when_it_is_given_back()
    {
        await using var platform = await SmallPlatform.StartAsync(SmallTree.Regular, clock);
        var (mine, beside) = (SmallTree.Id("431002101201"), SmallTree.Id("431002102201"));
        var mover = Guid.NewGuid();
        await platform.TellAsync(SmallPlatform.LeftBehind(mover, mine, new(2026, 3, 1)), SmallPlatform.LeftBehind(Guid.NewGuid(), beside, new(2026, 3, 1)));
        await CutAsync(platform);
        await platform.TellAsync(SmallPlatform.LeftBehind(Guid.NewGuid(), mine, new(2026, 3, 20)), SmallPlatform.LeftBehind(Guid.NewGuid(), mine, new(2026, 4, 1)));
        await FollowAsync(platform);
        Assert.Equal((2, 3), (await RecordedAsync("431002101"), await TodayAsync("431002101")));

        await ActAsync(platform, "431002101", SubmissionAct.Submit);
        await platform.TellAsync(SmallPlatform.LeftBehind(Guid.NewGuid(), mine, new(2026, 3, 21)));
        // Into a town that is open, out of one that has submitted: of neither anything changes.
        await platform.TellAsync(SmallPlatform.LeftBehind(mover, beside, new(2026, 3, 22)) with { Version = 2 });
        await FollowAsync(platform);
        Assert.Equal((2, 1), (await RecordedAsync("431002101"), await RecordedAsync("431002102")));
        Assert.Equal(2, (await platform.Quarters.ListAmendmentsAsync(new() { DivisionCode = "431002", Quarter = Q }, platform.As("431002"))).LateFacts);

        await ActAsync(platform, "431002101", SubmissionAct.Return, ReturnReason.LateFacts);
        await FollowAsync(platform);
        Assert.Equal((2, 2, 4), (await RecordedAsync("431002101"), await RecordedAsync("431002102"), await RecordedAsync("431002")));
        Assert.Equal(0, (await platform.Quarters.ListAmendmentsAsync(new() { DivisionCode = "431002", Quarter = Q }, platform.As("431002"))).LateFacts);

        async Task<long> RecordedAsync(string code) => await FigureAsync(code, Q);
        async Task<long> TodayAsync(string code) => await FigureAsync(code, "");
        async Task<long> FigureAsync(string code, string quarter) =>
            Value((await platform.Client.GetFiguresAsync(new() { DivisionCode = code, Quarter = quarter }, platform.As("431002"))).Division, "leftBehind.total.all");
    }

    [Fact]
    public async Task A_level_takes_up_what_all_below_it_did_and_gives_back_from_the_top_down()
    {
        await using var platform = await SmallPlatform.StartAsync(SmallTree.Regular, clock);
        Assert.Contains("not over", await RefusedAsync(StatusCode.FailedPrecondition, () => ActAsync(platform, "431002101", SubmissionAct.Submit)), StringComparison.Ordinal);
        await CutAsync(platform);
        await ActAsync(platform, "431002101", SubmissionAct.Submit);
        Assert.Contains("431002102 is Open", await RefusedAsync(StatusCode.FailedPrecondition, () => ActAsync(platform, "431002", SubmissionAct.Approve)), StringComparison.Ordinal);
        await ActAsync(platform, "431002101", SubmissionAct.Approve, by: "431002");
        await RefusedAsync(StatusCode.FailedPrecondition, () => ActAsync(platform, "431002101", SubmissionAct.Approve, by: "4310"));
        await RefusedAsync(StatusCode.NotFound, () => ActAsync(platform, "431003101", SubmissionAct.Submit, by: "431002101"));
        await RefusedAsync(StatusCode.FailedPrecondition, () => ConfirmAsync(platform, "431002", Department.Education));
        await GoUpAsync(platform, but: "431002101");
        var rates = await platform.Quarters.GetReportingRatesAsync(new() { DivisionCode = "43", Quarter = Q }, platform.As("43"));
        Assert.Equal((8, 8, 8, 1d, 1d), (rates.Division.Expected, rates.Division.Actual, rates.Division.OnTime, rates.Division.Rate, rates.Division.OnTimeRate));
        Assert.Equal("2026-04-15", rates.DueOn);

        // Down from the top: one town alone, and what was confirmed of its county is open again.
        await RefusedAsync(StatusCode.FailedPrecondition, () => ActAsync(platform, "431002101", SubmissionAct.Reopen, ReturnReason.LateFacts, by: "431002"));
        foreach (var (by, state) in new[] { ("43", SubmissionState.ProvinceAccepted), ("43", SubmissionState.CityAccepted), ("4310", SubmissionState.CountyApproved), ("431002", SubmissionState.Returned) })
            Assert.Equal(state, (await ActAsync(platform, "431002101", SubmissionAct.Reopen, ReturnReason.LateFacts, by)).State);
        await ActAsync(platform, "431002101", SubmissionAct.Submit);
        await ActAsync(platform, "431002101", SubmissionAct.Approve, by: "431002");
        Assert.Contains("not both confirmed", await RefusedAsync(StatusCode.FailedPrecondition, async () =>
        {
            await ActAsync(platform, "431002102", SubmissionAct.Reopen, ReturnReason.LateFacts, "43");
            await ActAsync(platform, "431002102", SubmissionAct.Reopen, ReturnReason.LateFacts, "43");
            await ActAsync(platform, "431002102", SubmissionAct.Reopen, ReturnReason.LateFacts, "4310");
            return await ActAsync(platform, "431002", SubmissionAct.CityAccept, by: "4310");
        }), StringComparison.Ordinal);
        var confirmed = await ConfirmAsync(platform, "431002", Department.Education);
        Assert.Equal((true, false), (confirmed.Education, confirmed.Police));
    }

    [Fact]
    public async Task The_same_request_is_answered_once_more_and_what_is_wrong_is_told_by_field()
    {
        await using var platform = await SmallPlatform.StartAsync(SmallTree.Regular, clock);
        await CutAsync(platform);
        var good = new ActOnSubmissionsRequest { Quarter = Q, DivisionCode = "431002101", Act = SubmissionAct.Submit, RequestId = $"{Guid.NewGuid()}" };
        var first = await platform.Quarters.ActOnSubmissionsAsync(good, platform.As("431002101"));
        Assert.Equal(first, await platform.Quarters.ActOnSubmissionsAsync(good, platform.As("431002101")));
        Assert.Single(await platform.ColumnAsync("select id::text from platform.mt_events where type = 'submission_changed'"));
        foreach (var (field, bad) in (IEnumerable<(string, ActOnSubmissionsRequest)>)
            [
                ("quarter", new(good) { Quarter = "1Q2026" }), ("division_code", new(good) { DivisionCode = "town" }), ("act", new(good) { Act = SubmissionAct.Unspecified }),
                ("request_id", new(good) { RequestId = "1" }), ("reason", new(good) { Reason = ReturnReason.Incomplete }), ("reason", new(good) { Act = SubmissionAct.Return }),
            ])
            Assert.StartsWith(field, await RefusedAsync(StatusCode.InvalidArgument, async () => await platform.Quarters.ActOnSubmissionsAsync(bad, platform.As("431002101"))), StringComparison.Ordinal);
        Assert.StartsWith("quarter", await RefusedAsync(StatusCode.InvalidArgument, async () => await platform.Client.GetFiguresAsync(new() { DivisionCode = "43", Quarter = "2026" }, platform.As("43"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_came_and_went_between_two_quarters_by_reason()
    {
        clock = new(new DateTimeOffset(2025, 12, 30, 8, 0, 0, TimeSpan.FromHours(8)));
        await using var platform = await SmallPlatform.StartAsync(SmallTree.Regular, clock);
        var village = SmallTree.Id("431002101201");
        var (stays, grew, returned, moved) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await platform.TellAsync([.. new[] { stays, grew, returned, moved }.Select(c => SmallPlatform.LeftBehind(c, village, new(2025, 12, 1)))]);
        await CutAsync(platform, new(2026, 1, 1));
        await platform.TellAsync(
            SmallPlatform.LeftBehind(grew, village, new(2026, 2, 1), ChildCategory.None, CategoryReasons.AgedOut) with { Version = 2 },
            SmallPlatform.LeftBehind(returned, village, new(2026, 2, 1), ChildCategory.None, CategoryReasons.ParentReturned) with { Version = 2 },
            SmallPlatform.LeftBehind(moved, SmallTree.Id("431003101201"), new(2026, 2, 1)) with { Version = 2 },
            SmallPlatform.LeftBehind(Guid.NewGuid(), village, new(2026, 2, 1)));
        await CutAsync(platform, new(2026, 4, 1));
        var flows = await platform.Quarters.GetFlowsAsync(new() { DivisionCode = "431002", Quarter = Q }, platform.As("431002"));
        Assert.Equal((4, 2), (flows.Before, flows.Now));
        Assert.Equal(["filed 1"], flows.Entered.Select(f => $"{f.Reason} {f.Children}"));
        Assert.Equal(["agedOut 1", "movedAway 1", "parentReturned 1"], flows.Left.Select(f => $"{f.Reason} {f.Children}"));
        Assert.Equal(["movedIn 1"], (await platform.Quarters.GetFlowsAsync(new() { DivisionCode = "431003", Quarter = Q }, platform.As("431003"))).Entered.Select(f => $"{f.Reason} {f.Children}"));
        await RefusedAsync(StatusCode.FailedPrecondition, async () => await platform.Quarters.GetFlowsAsync(new() { DivisionCode = "431002", Quarter = "2025Q4" }, platform.As("431002")));
        await RefusedAsync(StatusCode.FailedPrecondition, async () => await platform.Quarters.GetFlowsAsync(new() { DivisionCode = "431002101201", Quarter = Q }, platform.As("431002")));
        await RefusedAsync(StatusCode.FailedPrecondition, async () => await platform.Quarters.ListAmendmentsAsync(new() { DivisionCode = "431002101201", Quarter = Q }, platform.As("431002")));
    }

    [Fact]
    public async Task After_any_history_every_parent_is_the_sum_of_its_children_and_a_copy_made_anew_from_the_log_is_the_same()
    {
        await using var platform = await SmallPlatform.StartAsync(SmallTree.Regular, clock);
        DivisionId[] villages = [.. from city in new[] { "4310", "4311" } from county in new[] { "02", "03" } from town in new[] { "101", "102" } from village in new[] { "201", "202" } select SmallTree.Id($"{city}{county}{town}{village}")];
        var (children, versions, random) = (Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToArray(), new Dictionary<Guid, int>(), new Random(20261));
        await TellAsync(60, new(2026, 3, 1));
        await CutAsync(platform);
        for (var round = 0; round < 12; round++)
        {
            await TellAsync(random.Next(1, 12), random.Next(3) == 0 ? new(2026, 4, 3) : new(2026, 3, 25));
            var town = $"{villages[random.Next(villages.Length)]}"[..9];
            var act = random.Next(2) == 0 ? SubmissionAct.Submit : SubmissionAct.Return;
            try
            {
                await ActAsync(platform, town, act, act is SubmissionAct.Return ? ReturnReason.LateFacts : ReturnReason.Unspecified);
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.FailedPrecondition)
            {
                // It stands elsewhere.
            }
            if (random.Next(2) == 0)
                await FollowAsync(platform);
        }
        await FollowAsync(platform);
        var copy = await CopyAsync();
        Assert.NotEmpty(copy);
        var figures = (await platform.ColumnAsync("select division || ' ' || measure || ' ' || n from platform_2026q1.division_figure where n <> 0")).Select(l => l.Split(' ')).ToDictionary(l => (new DivisionId(long.Parse(l[0], null)), l[1]), l => long.Parse(l[2], null));
        foreach (var ((division, measure), n) in figures.Where(f => f.Key.Item1.Level is not DivisionLevel.Village))
            Assert.Equal(n, figures.Where(f => f.Key.Item2 == measure && SmallTree.Regular.Below(division).Contains(f.Key.Item1)).Sum(f => f.Value));

        await platform.RunAsync("delete from platform.quarter; drop schema platform_2026q1 cascade");
        await platform.Service<CutQuarters>().SweepAsync(Ct);
        await FollowAsync(platform);
        Assert.Equal(copy, await CopyAsync());

        Task<List<string>> CopyAsync() => platform.ColumnAsync("""
            select line from (select 'f ' || division || ' ' || measure || ' ' || n as line from platform_2026q1.division_figure where n <> 0
                union all select 's ' || subject || ' ' || coalesce(village, 0) || ' ' || facts::text from platform_2026q1.subject_facts
                union all select 'l ' || subject || ' ' || late || ' ' || coalesce(village, 0) from platform_2026q1.late_subject
                union all select 'c ' || town from platform_2026q1.closed_town) c order by line
            """);

        async Task TellAsync(int facts, DateOnly on)
        {
            for (var i = 0; i < facts; i++)
            {
                var child = children[random.Next(children.Length)];
                versions[child] = versions.GetValueOrDefault(child) + 1;
                await platform.TellAsync(SmallPlatform.LeftBehind(child, villages[random.Next(villages.Length)], on, random.Next(4) == 0 ? ChildCategory.None : ChildCategory.LeftBehind) with { Version = versions[child] });
            }
        }
    }

    /// <summary>The first day after the quarter begins, and the quarter is cut.</summary>
    private async Task CutAsync(SmallPlatform platform, DateOnly? on = null)
    {
        var day = on ?? new DateOnly(2026, 4, 1);
        await platform.CountedAsync();
        clock.SetUtcNow(new DateTimeOffset(day.Year, day.Month, day.Day, 9, 0, 0, TimeSpan.FromHours(8)));
        await platform.Service<TurnDays>().SweepAsync(Ct);
        await platform.CountedAsync();
        await Eventually.IsAsync(async () =>
        {
            await platform.Service<CutQuarters>().SweepAsync(Ct);
            return await platform.ColumnAsync("select quarter::text from platform.quarter");
        }, cut => cut.Contains($"{Quarter.Of(day).Before.Value}"), Ct);
    }

    /// <summary>All that was told is looked at for the quarter.</summary>
    private static async Task FollowAsync(SmallPlatform platform)
    {
        await platform.CountedAsync();
        await Eventually.IsAsync(async () =>
        {
            await platform.Service<FollowLateFacts>().SweepAsync(Ct);
            return await platform.ColumnAsync("select count(*)::text from platform.quarter where followed < (select max(seq_id) from platform.mt_events)");
        }, behind => behind is ["0"], Ct);
    }

    /// <summary>Every town submits, and each level takes it up, to the lock.</summary>
    private static async Task GoUpAsync(SmallPlatform platform, string but = "")
    {
        var rows = new List<TownSubmission>();
        for (var token = ""; ;)
        {
            var page = await platform.Quarters.ListSubmissionsAsync(new() { DivisionCode = "43", Quarter = Q, PageToken = token }, platform.As("43"));
            rows.AddRange(page.Submissions);
            if ((token = page.NextPageToken).Length == 0)
                break;
        }
        foreach (var town in rows.Select(r => r.Town.Code).Where(t => t != but))
        {
            await ActAsync(platform, town, SubmissionAct.Submit);
            await ActAsync(platform, town, SubmissionAct.Approve, by: town[..6]);
        }
        foreach (var county in rows.Select(r => r.Town.Code[..6]).Distinct())
        {
            await ConfirmAsync(platform, county, Department.Education);
            await ConfirmAsync(platform, county, Department.Police);
        }
        foreach (var city in rows.Select(r => r.Town.Code[..4]).Distinct())
            await ActAsync(platform, city, SubmissionAct.CityAccept);
        await ActAsync(platform, "43", SubmissionAct.ProvinceAccept);
        Assert.Equal((rows.Count, SubmissionState.Locked), await ActAsync(platform, "43", SubmissionAct.Lock) is var locked ? (locked.Towns, locked.State) : default);
    }

    private static async Task<ActedOn> ActAsync(SmallPlatform platform, string division, SubmissionAct act, ReturnReason reason = ReturnReason.Unspecified, string? by = null) =>
        await platform.Quarters.ActOnSubmissionsAsync(new() { Quarter = Q, DivisionCode = division, Act = act, RequestId = $"{Guid.NewGuid()}", Reason = reason },
            platform.As(by ?? (act is SubmissionAct.Return ? division[..6] : division)));

    private static async Task<QuarterConfirmations> ConfirmAsync(SmallPlatform platform, string county, Department department) =>
        await platform.Quarters.ConfirmQuarterAsync(new() { Quarter = Q, DivisionCode = county }, platform.As(county, department: department));

    /// <summary>Figures, official table and export of a quarter, byte for byte.</summary>
    private static async Task<List<byte[]>> RecordedAsync(SmallPlatform platform, string place)
    {
        var caller = platform.As(place.Length > 6 ? place[..6] : place);
        var table = new List<byte>();
        using (var export = platform.Client.ExportFigures(new() { DivisionCode = place, Level = "Village", OfficialTable = true, Quarter = Q }, caller))
            while (await export.ResponseStream.MoveNext(Ct))
                table.AddRange(export.ResponseStream.Current.Data.Span);
        return
        [
            (await platform.Client.GetFiguresAsync(new() { DivisionCode = place, Quarter = Q }, caller)).ToByteArray(),
            (await platform.Client.GetOfficialTableAsync(new() { DivisionCode = place, Quarter = Q }, caller)).ToByteArray(),
            [.. table],
        ];
    }

    private static long Value(DivisionFigures row, string measure) => row.Figures.SingleOrDefault(f => f.Measure == measure)?.Value ?? 0;

    private static async Task<string> RefusedAsync<T>(StatusCode code, Func<Task<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refused.StatusCode);
        return refused.Status.Detail;
    }
}
