using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Protos.Reporting.V1;
using static LeftBehind.Reporting.IntegrationTests.Story;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>12355 on real servers: from the call to the closing, twice, out of order, stale, elsewhere.</summary>
public sealed class HotlineTests(RunningReports reports)
{
    private const string NoPlatform = "431021";
    private readonly Story story = new(reports);

    private HotlineAppeals.HotlineAppealsClient Line => new(reports.Channel);

    private CallOptions League => reports.As(Department.YouthLeague);

    private CallOptions LeagueThere => reports.As(Department.YouthLeague, Places.NextCounty);

    [Fact]
    public async Task An_appeal_is_transferred_under_one_id_answered_followed_up_and_closed()
    {
        await OpenAsync(Places.NextCounty, true);
        var (call, appeal) = await ReceivedAsync();
        Assert.Equal(AppealState.Received, (await Line.ReceiveAppealAsync(call, League)).State);
        await RefusedAsync(StatusCode.FailedPrecondition, Line.ReceiveAppealAsync(new(call) { Words = "别的话" }, League));
        Assert.Equal(["reporting.classifyAppeal"], await DutiesAsync(appeal));

        var classify = new ClassifyAppealRequest { AppealId = appeal, Class = AppealClass.Appeal, At = At(10), ExpectedVersion = 2 };
        await RefusedAsync(StatusCode.Aborted, Line.ClassifyAppealAsync(new(classify) { ExpectedVersion = 1 }, League));
        var classified = await Line.ClassifyAppealAsync(classify, League);
        Assert.Equal(classified, await Line.ClassifyAppealAsync(classify, League));
        Assert.Equal((AppealState.Classified, ""), (classified.State, classified.Words));
        Assert.NotEqual("", classified.AnswerDueOn);
        Assert.Equal(["reporting.answerAppeal"], await DutiesAsync(appeal));
        await RefusedAsync(StatusCode.NotFound, Line.GetAppealAsync(new() { AppealId = appeal }, LeagueThere));

        var transfer = new TransferAppealRequest { AppealId = appeal, ToDivisionCode = Places.NextCounty, DivisionCode = Places.NextVillage, Reason = "家在北湖区", At = At(20), ExpectedVersion = classified.Version };
        var moved = await Line.TransferAppealAsync(transfer, League);
        Assert.Equal(moved, await Line.TransferAppealAsync(transfer, League));
        Assert.Equal((appeal, Places.NextCounty, Places.NextVillage, ""), (moved.AppealId, moved.HolderDivisionCode, moved.DivisionCode, moved.Hops.Single().TakenUpAt));
        await RefusedAsync(StatusCode.FailedPrecondition, Line.AnswerAppealAsync(new() { AppealId = appeal, Words = "答复", At = At(30), ExpectedVersion = moved.Version }, League));
        Assert.Contains((await Line.ListAppealsAsync(new() { DivisionCode = Places.NextCounty }, LeagueThere)).Appeals_, a => a.AppealId == appeal);
        Assert.DoesNotContain((await Line.ListAppealsAsync(new() { DivisionCode = Places.County }, League)).Appeals_, a => a.AppealId == appeal);
        Assert.Equal(["reporting.answerAppeal 431002"], await reports.ColumnAsync("select kind || ' ' || left((division / 100000)::text, 6) from reporting.obligation_due where subject = $1", Guid.Parse(appeal)));

        var begun = await Line.BeginAppealAsync(new() { AppealId = appeal, At = At(30), ExpectedVersion = moved.Version }, LeagueThere);
        Assert.Equal(At(30)[..19], begun.Hops.Single().TakenUpAt[..19]);
        await RefusedAsync(StatusCode.FailedPrecondition, Line.AnswerAppealAsync(new() { AppealId = appeal, Words = "答复", At = At(25), ExpectedVersion = begun.Version }, LeagueThere));
        var helped = await Line.RecordHelpAsync(new() { AppealId = appeal, Help = HotlineHelp.PsychologicalHelp, Note = "倾听一小时", At = At(35), ExpectedVersion = begun.Version }, LeagueThere);
        var answered = await Line.AnswerAppealAsync(new() { AppealId = appeal, Words = "已联系学校", At = At(40), ExpectedVersion = helped.Version }, LeagueThere);
        Assert.Equal(["reporting.followUpAppeal"], await DutiesAsync(appeal));
        Assert.Contains("follow-up", await RefusedAsync(StatusCode.FailedPrecondition, Line.CloseAppealAsync(new() { AppealId = appeal, At = At(45), ExpectedVersion = answered.Version }, LeagueThere)), StringComparison.Ordinal);
        var called = await Line.FollowUpAppealAsync(new() { AppealId = appeal, Outcome = FollowUpOutcome.Settled, Note = "满意", At = At(50), ExpectedVersion = answered.Version }, LeagueThere);
        var close = new AppealActRequest { AppealId = appeal, At = At(55), ExpectedVersion = called.Version };
        var closed = await Line.CloseAppealAsync(close, LeagueThere);
        Assert.Equal(closed, await Line.CloseAppealAsync(close, LeagueThere));
        Assert.Equal((AppealState.Closed, 1), (closed.State, closed.Hops.Count));
        Assert.Empty(await DutiesAsync(appeal));
        Assert.DoesNotContain((await Line.ListAppealsAsync(new() { DivisionCode = Places.NextCounty }, LeagueThere)).Appeals_, a => a.AppealId == appeal);

        // Who had it still sees it, and whoever handled it alone knows the caller; each reading is recorded.
        var read = await Line.GetAppealAsync(new() { AppealId = appeal, Purpose = "复核个案" }, LeagueThere);
        Assert.Equal(("想和妈妈说话", "罗某", "倾听一小时", "已联系学校"), (read.Words, read.CallerName, read.Help.Single().Note, read.Answers.Single().Words));
        var others = await Line.GetAppealAsync(new() { AppealId = appeal, Purpose = "复核个案" }, reports.As(Department.CivilAffairs, Places.NextCounty, "bureau"));
        Assert.Equal(("想和妈妈说话", "", ""), (others.Words, others.CallerName, others.CallerPhone));
        Assert.Equal(["appeal-with-caller", "appeal"], await reports.ColumnAsync("select what from reporting.personal_read where $1 = any(subjects) order by at", Guid.Parse(appeal)));
    }

    [Fact]
    public async Task A_transfer_to_a_closed_platform_is_refused_with_a_clear_answer()
    {
        var platform = await OpenAsync("431022", true);
        Assert.Equal(platform, await OpenAsync("431022", true, platform.Version));
        await RefusedAsync(StatusCode.Aborted, Line.SetOperatorAsync(new() { DivisionCode = "431022", Name = "宜章县12355", Open = false, ExpectedVersion = 7 }, reports.As(Department.YouthLeague, "431022")));
        var closed = await OpenAsync("431022", false, platform.Version);
        Assert.Contains((await Line.ListOperatorsAsync(new() { DivisionCode = "4310" }, reports.As(Department.Health, "4310"))).Operators_, o => o.DivisionCode == "431022" && !o.Open);
        await RefusedAsync(StatusCode.NotFound, Line.SetOperatorAsync(new() { DivisionCode = "431022", Name = "别处", Open = true, ExpectedVersion = closed.Version }, League));

        var (_, appeal) = await ReceivedAsync();
        var classified = await ClassifiedAsync(appeal, AppealClass.Consultation);
        var transfer = new TransferAppealRequest { AppealId = appeal, ToDivisionCode = "431022", Reason = "家在宜章", At = At(20), ExpectedVersion = classified.Version };
        Assert.Equal("The 12355 platform of 宜章县 is closed; transfer to another or keep it.", await RefusedAsync(StatusCode.FailedPrecondition, Line.TransferAppealAsync(transfer, League)));
        Assert.Contains("has no 12355 platform", await RefusedAsync(StatusCode.FailedPrecondition, Line.TransferAppealAsync(new(transfer) { ToDivisionCode = NoPlatform }, League)), StringComparison.Ordinal);
        await RefusedAsync(StatusCode.InvalidArgument, Line.TransferAppealAsync(new(transfer) { ToDivisionCode = Places.Village }, League));
        Assert.Equal(Places.County, (await Line.GetAppealAsync(new() { AppealId = appeal }, League)).HolderDivisionCode);
    }

    [Fact]
    public async Task A_report_is_made_exactly_once_with_the_caller_sealed_like_a_reporter()
    {
        var child = Guid.NewGuid();
        var (_, appeal) = await ReceivedAsync(new() { ChildId = $"{child}" });
        var classify = new ClassifyAppealRequest { AppealId = appeal, Class = AppealClass.Report, Harm = Told(), At = At(10), ExpectedVersion = 2 };
        await RefusedAsync(StatusCode.InvalidArgument, Line.ClassifyAppealAsync(new(classify) { Harm = null }, League));
        Assert.Contains("discovery", await RefusedAsync(StatusCode.FailedPrecondition, Line.ClassifyAppealAsync(new(classify) { Harm = new(Told()) { DiscoveredAt = At(100) } }, League)), StringComparison.Ordinal);
        Assert.Equal(AppealState.Received, (await Line.GetAppealAsync(new() { AppealId = appeal }, League)).State);
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Line.ClassifyAppealAsync(classify, League).ResponseAsync));
        var report = Assert.Single(all.Select(a => a.ReportId).Distinct());
        Assert.Equal(["1"], await reports.ColumnAsync("select count(*)::text from reporting.mt_events where type = 'harm_reported' and stream_id = $1", Guid.Parse(report)));
        Assert.Equal(["1"], await reports.ColumnAsync("select count(*)::text from reporting.report_of_child where child = $1", child));

        // Whoever handles the report is told who called; those of the hotline, who took the call, are from now on told neither that nor the words.
        await story.RespondAsync(report);
        var read = await story.ReadAsync(report, "核实情况");
        Assert.Equal(("想和妈妈说话", "罗某", "13900003333", Situation.LivingAlone, ReporterKind.Child), (read.Description, read.ReporterName, read.ReporterPhone, read.Situations.Single(), read.ReporterKind));
        foreach (var caller in new[] { League, story.Bureau })
        {
            var shown = await Line.GetAppealAsync(new() { AppealId = appeal, Purpose = "核实情况" }, caller);
            Assert.Equal((report, "", "", ""), (shown.ReportId, shown.Words, shown.CallerName, shown.CallerPhone));
        }
        Assert.True((await story.ReadAsync(report, "核实情况", League)).ReceiptOnly);
        var version = (await Line.GetAppealAsync(new() { AppealId = appeal }, League)).Version;
        await RefusedAsync(StatusCode.FailedPrecondition, Line.AssignAppealAsync(new() { AppealId = appeal, Department = OwnerDepartment.Health, At = At(20), ExpectedVersion = version }, League));

        // A further call on it joins it, in words that its handlers read.
        var (_, update) = await ReceivedAsync(new() { Words = "又哭了" });
        var joined = await Line.ClassifyAppealAsync(new() { AppealId = update, Class = AppealClass.Update, AboutReportId = report, At = At(20), ExpectedVersion = 2 }, League);
        Assert.Equal((AppealState.Closed, report), (joined.State, joined.ReportId));
        Assert.Equal([("又哭了", update)], (await story.ReadAsync(report, "核实情况")).Updates.Select(u => (u.Words, u.AppealId)));

        await reports.TellAsync([Running.RunningReports.Erased(child)]);
        read = await story.ReadAsync(report, "核实情况");
        Assert.Equal(("", "", "罗某"), (read.Description, read.Updates.Single().Words, read.ReporterName));
        // And it is still answered and closed.
        var answered = await Line.AnswerAppealAsync(new()
        { AppealId = appeal, Words = "已报告公安", At = At(30), ExpectedVersion = (await Line.GetAppealAsync(new() { AppealId = appeal }, League)).Version }, League);
        Assert.Equal(AppealState.Closed, (await Line.CloseAppealAsync(new() { AppealId = appeal, At = At(40), ExpectedVersion = answered.Version }, League)).State);
    }

    [Fact]
    public async Task Spam_and_wrong_numbers_are_closed_and_an_update_joins_the_appeal_it_is_about()
    {
        var (_, about) = await ReceivedAsync();
        foreach (var @class in new[] { AppealClass.Spam, AppealClass.WrongNumber })
        {
            var (_, spam) = await ReceivedAsync();
            Assert.Equal((AppealState.Closed, @class), ((await ClassifiedAsync(spam, @class)).State, @class));
            Assert.Empty(await DutiesAsync(spam));
        }
        var (_, update) = await ReceivedAsync();
        var joins = new ClassifyAppealRequest { AppealId = update, Class = AppealClass.Update, AboutAppealId = about, At = At(10), ExpectedVersion = 2 };
        await RefusedAsync(StatusCode.NotFound, Line.ClassifyAppealAsync(new(joins) { AboutAppealId = $"{Guid.NewGuid()}" }, League));
        await RefusedAsync(StatusCode.InvalidArgument, Line.ClassifyAppealAsync(new(joins) { Class = AppealClass.Appeal }, League));
        var joined = await Line.ClassifyAppealAsync(joins, League);
        Assert.Equal(joined, await Line.ClassifyAppealAsync(joins, League));
        Assert.Equal([update], (await Line.GetAppealAsync(new() { AppealId = about }, League)).UpdateAppealIds);
    }

    [Fact]
    public async Task What_is_assigned_is_shown_to_that_department_and_what_concerns_somebody_is_hidden_from_it()
    {
        var (_, appeal) = await ReceivedAsync();
        var classified = await ClassifiedAsync(appeal, AppealClass.Appeal);
        var health = reports.As(Department.Health);
        await RefusedAsync(StatusCode.NotFound, Line.GetAppealAsync(new() { AppealId = appeal }, health));
        await RefusedAsync(StatusCode.FailedPrecondition, Line.BeginAppealAsync(new() { AppealId = appeal, At = At(20), ExpectedVersion = classified.Version }, story.Bureau));
        var assign = new AssignAppealRequest { AppealId = appeal, Department = OwnerDepartment.Health, At = At(20), ExpectedVersion = classified.Version };
        await RefusedAsync(StatusCode.InvalidArgument, Line.AssignAppealAsync(new(assign) { DivisionCode = Places.NextCounty }, League));
        var assigned = await Line.AssignAppealAsync(assign, League);
        Assert.Contains((await Line.ListAppealsAsync(new() { DivisionCode = Places.County }, health)).Appeals_, a => a.AppealId == appeal);
        await RefusedAsync(StatusCode.NotFound, Line.GetAppealAsync(new() { AppealId = appeal }, reports.As(Department.Education)));
        Assert.Equal(AppealState.InProgress, (await Line.BeginAppealAsync(new() { AppealId = appeal, At = At(30), ExpectedVersion = assigned.Version }, health)).State);
        Assert.Equal("", (await Line.GetAppealAsync(new() { AppealId = appeal, Purpose = "核实情况" }, health)).CallerPhone);

        var duties = new Protos.Obligations.V1.Obligations.ObligationsClient(reports.Channel);
        async Task<bool> OwedToAsync(CallOptions caller) =>
            (await duties.ListObligationsAsync(new() { DivisionCode = Places.County, Kind = "reporting.answerAppeal", PageSize = 200 }, caller)).Obligations.Any(o => o.SubjectId == appeal);
        Assert.Equal((true, true, false), (await OwedToAsync(League), await OwedToAsync(story.Bureau), await OwedToAsync(story.Police)));

        var (_, concerns) = await ReceivedAsync(new() { ConcernedAccount = $"officer-{Places.County}" });
        await RefusedAsync(StatusCode.NotFound, Line.GetAppealAsync(new() { AppealId = concerns }, League));
        Assert.DoesNotContain((await Line.ListAppealsAsync(new() { DivisionCode = Places.County, PageSize = 200 }, League)).Appeals_, a => a.AppealId == concerns);
    }

    [Fact]
    public async Task Anybody_writes_online_at_any_hour_and_the_nearest_open_platform_has_it()
    {
        await OpenAsync("4311", true);
        var online = new ReceiveAppealRequest { RequestId = $"{Guid.NewGuid()}", Channel = AppealChannel.Online, DivisionCode = "431124", Words = "想有人陪" };
        var receipt = await Line.ReceiveAppealAsync(online, reports.As(Department.Health, "431124"));
        await RefusedAsync(StatusCode.NotFound, Line.GetAppealAsync(new() { AppealId = receipt.AppealId }, reports.As(Department.YouthLeague, "431124")));
        var shown = await Line.GetAppealAsync(new() { AppealId = receipt.AppealId }, reports.As(Department.YouthLeague, "4311"));
        Assert.Equal(("4311", "431124", false), (shown.HolderDivisionCode, shown.DivisionCode, shown.CallerCanBeCalled));
        await RefusedAsync(StatusCode.InvalidArgument, Line.ReceiveAppealAsync(new(online) { DivisionCode = "" }, reports.As(Department.Health)));
        await RefusedAsync(StatusCode.InvalidArgument, Line.ReceiveAppealAsync(new(online) { Words = new('长', 300_000) }, League));
        await RefusedAsync(StatusCode.FailedPrecondition, Line.ReceiveAppealAsync(new(online) { RequestId = $"{Guid.NewGuid()}", ReceivedAt = At(1000) }, League));
    }

    [Fact]
    public async Task A_client_that_runs_wild_is_told_to_wait_and_immediate_danger_is_always_taken()
    {
        var wild = reports.As(Department.YouthLeague, "430103");
        async Task<StatusCode> CallAsync(bool danger)
        {
            try
            {
                await Line.ReceiveAppealAsync(new() { RequestId = $"{Guid.NewGuid()}", Channel = AppealChannel.Phone, ImmediateDanger = danger }, wild);
                return StatusCode.OK;
            }
            catch (RpcException refused)
            {
                return refused.StatusCode;
            }
        }
        var ordinary = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => CallAsync(danger: false)));
        Assert.Contains(StatusCode.ResourceExhausted, ordinary);
        Assert.All(ordinary, s => Assert.True(s is StatusCode.OK or StatusCode.ResourceExhausted));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => CallAsync(danger: true))), s => Assert.Equal(StatusCode.OK, s));

        var (listed, token) = (new List<Appeal>(), "");
        do
        {
            var page = await Line.ListAppealsAsync(new() { DivisionCode = "430103", PageSize = 20, PageToken = token }, wild);
            listed.AddRange(page.Appeals_);
            token = page.NextPageToken;
        } while (token.Length > 0);
        Assert.Equal(ordinary.Count(s => s is StatusCode.OK) + 30, listed.Select(a => a.AppealId).Distinct().Count());
        Assert.Equal(listed.OrderByDescending(a => a.ImmediateDanger).Select(a => a.ImmediateDanger), listed.Select(a => a.ImmediateDanger));
    }

    [Fact]
    public async Task A_watcher_sees_an_appeal_come_and_leave_over_a_lost_connection_too()
    {
        const string From = "430102", To = "430104";
        var (here, there) = (reports.As(Department.YouthLeague, From), reports.As(Department.YouthLeague, To));
        await OpenAsync(To, true);
        var (_, appeal) = await ReceivedAsync(by: here);
        using var first = Line.WatchAppeals(new() { DivisionCode = From }, here);
        var seen = await UntilAsync(first, a => a.Appeal.AppealId == appeal);
        Assert.True(seen.Listed);
        var cursor = first.ResponseStream.Current.Cursor;
        first.Dispose();
        var classified = await Line.ClassifyAppealAsync(new() { AppealId = appeal, Class = AppealClass.Appeal, At = At(10), ExpectedVersion = 2 }, here);
        await Line.TransferAppealAsync(new() { AppealId = appeal, ToDivisionCode = To, Reason = "转接", At = At(20), ExpectedVersion = classified.Version }, here);
        using var again = Line.WatchAppeals(new() { DivisionCode = From, Cursor = cursor }, here);
        Assert.Equal(To, (await UntilAsync(again, a => a.Appeal.AppealId == appeal && !a.Listed)).Appeal.HolderDivisionCode);
        using var received = Line.WatchAppeals(new() { DivisionCode = To }, there);
        Assert.True((await UntilAsync(received, a => a.Appeal.AppealId == appeal)).Listed);
    }

    private static HarmTold Told() => new() { ReporterKind = ReporterKind.Child, Situation = Situation.LivingAlone, DivisionCode = Places.Village, DiscoveredAt = At(-60) };

    private static async Task<LiveAppeal> UntilAsync(AsyncServerStreamingCall<LiveAppeals> call, Func<LiveAppeal, bool> wanted)
    {
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            if (call.ResponseStream.Current.Appeals.FirstOrDefault(wanted) is { } found)
                return found;
        throw new InvalidOperationException("The list ended.");
    }

    private async Task<(ReceiveAppealRequest Call, string Id)> ReceivedAsync(ReceiveAppealRequest? with = null, CallOptions? by = null)
    {
        var call = new ReceiveAppealRequest
        {
            RequestId = $"{Guid.NewGuid()}", Channel = AppealChannel.Phone, Words = "想和妈妈说话", CallerName = "罗某", CallerPhone = "13900003333", ReceivedAt = At(0),
        };
        call.MergeFrom(with ?? new());
        return (call, (await Line.ReceiveAppealAsync(call, by ?? League)).AppealId);
    }

    private async Task<Appeal> ClassifiedAsync(string appeal, AppealClass @class) =>
        await Line.ClassifyAppealAsync(new() { AppealId = appeal, Class = @class, At = At(10), ExpectedVersion = 2 }, League);

    private async Task<Operator> OpenAsync(string county, bool open, long version = 0) => await Line.SetOperatorAsync(
        new() { DivisionCode = county, Name = $"12355平台{county}", Open = open, ExpectedVersion = version }, reports.As(Department.YouthLeague, county));

    private Task<List<string>> DutiesAsync(string appeal) => reports.ColumnAsync("select kind from reporting.obligation_due where subject = $1", Guid.Parse(appeal));
}
