using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Protos.Registry.V1;
using static LeftBehind.Registry.IntegrationTests.Visits.VisitStory;

namespace LeftBehind.Registry.IntegrationTests.Visits;

/// <summary>Visits are due, made, missed and corrected; their duties run beside.</summary>
public sealed class VisitsTests(RegistryServers servers)
{
    [Fact]
    public async Task One_visit_serves_siblings_in_one_transaction_and_is_recorded_once()
    {
        await using var story = await BeginAsync(servers);
        Assert.Equal(["registry.visit Open 2026-08-04 00:00"], await story.RunningAsync());
        story.Clock.SetUtcNow(Start.AddDays(10));
        var request = story.Request(Start.AddDays(9), id: Guid.NewGuid().ToString(), children: [story.Elder, story.Younger]);
        var visit = await story.Registry.Visits.RecordVisitAsync(request, story.Worker);
        Assert.Equal(visit, await story.Registry.Visits.RecordVisitAsync(request, story.Worker));
        foreach (var child in (string[])[story.Elder, story.Younger])
        {
            Assert.Equal(["visit_plan_changed", "visit_recorded"], await story.EventsAsync(child));
            Assert.Equal(["obligation_opened", "obligation_fulfilled", "obligation_opened"], await story.DutiesAsync(child));
            Assert.Equal(["registry.visit Open 2026-08-12 00:00"], await story.RunningAsync(child));
            Assert.Equal(new VisitFact("Quarterly", "None", new(2026, 5, 11), false, true, false), await story.FactsAsync(child));
        }
        Assert.Equal([visit.VisitId], await story.Registry.ColumnAsync("select distinct data->>'visitId' from registry.mt_events where type = 'visit_recorded'"));
        Assert.Equal(["2026-08-11T16:00:00Z"], visit.Children.Select(c => c.NextDueAt).Distinct());
        // Another caller's request of the same id is another visit.
        Assert.NotEqual(visit.VisitId, (await story.Registry.Visits.RecordVisitAsync(request, story.County)).VisitId);
        request.Children[0].Findings[0] = VisitFinding.LivingPoor;
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(async () => await story.Registry.Visits.RecordVisitAsync(request, story.Worker)));
    }

    [Fact]
    public async Task A_missed_visit_breaches_at_midnight_after_a_worked_Saturday_and_is_brought_before_the_county()
    {
        await using var story = await BeginAsync(servers);
        await story.AssessAsync(RiskLevel.High);
        // A week on is Saturday 9 May, a make-up day.
        Assert.Equal(["registry.visit Open 2026-05-10 00:00"], await story.RunningAsync());
        var due = new DateTimeOffset(2026, 5, 10, 0, 0, 0, TimeSpan.FromHours(8));
        await story.SweepAtAsync(due.AddMilliseconds(-1));
        Assert.False((await story.FactsAsync()).Overdue);
        Assert.Equal(["registry.visit AtRisk 2026-05-10 00:00"], await story.RunningAsync());
        await story.SweepAtAsync(due);
        Assert.True((await story.FactsAsync()).Overdue);
        await story.SweepAtAsync(due.AddDays(1));
        Assert.Equal(["County"], await story.Registry.ColumnAsync("select data->>'to' from registry.mt_events where type = 'obligation_escalated'"));
        Assert.Equal(["20260510"], await story.Registry.ColumnAsync("select headers->>'on' from registry.mt_events where type = 'visit_missed'"));
        Assert.True(Assert.Single((await story.Registry.Visits.ListDueVisitsAsync(new() { DivisionCode = Places.Matian, DueBefore = due.AddDays(1).ToString("O") }, story.Worker)).Visits).Overdue);

        // Missing it is still after the risk was lowered, until somebody goes.
        await story.AssessAsync(RiskLevel.Low);
        Assert.Equal((true, "Quarterly"), ((await story.FactsAsync()).Overdue, (await story.FactsAsync()).Cadence));
        await story.VisitAsync(due.AddHours(20));
        Assert.False((await story.FactsAsync()).Overdue);
        Assert.Equal(["registry.visit Open 2026-08-11 00:00"], await story.RunningAsync());
        Assert.Equal("true", Assert.Single(await story.Registry.ColumnAsync("select data->>'late' from registry.mt_events where type = 'obligation_fulfilled'")));
    }

    [Fact]
    public async Task Another_risk_is_another_frequency_and_a_fact_told_again_changes_nothing()
    {
        await using var story = await BeginAsync(servers);
        await story.AssessAsync(RiskLevel.Medium);
        Assert.Equal(["registry.visit Open 2026-06-03 00:00"], await story.RunningAsync());
        var events = await story.EventsAsync();
        await story.AssessAsync(RiskLevel.Medium);
        Assert.Equal(events, await story.EventsAsync());
        Assert.Equal(["obligation_opened", "obligation_waived", "obligation_opened"], await story.DutiesAsync());
        // Both at the same moment: the clock stands.
        await story.AssessAsync(RiskLevel.High);
        await story.AssessAsync(RiskLevel.Low);
        Assert.Equal(["registry.visit Open 2026-08-04 00:00"], await story.RunningAsync());
        Assert.Equal(["registry.visit Open 2026-08-04 00:00"], await story.RunningAsync(story.Younger));
    }

    [Fact]
    public async Task Two_files_of_one_child_are_visited_by_the_higher_risk_until_the_child_is_assessed_anew_or_they_are_parted()
    {
        await using var story = await BeginAsync(servers);
        await story.AssessAsync(RiskLevel.High, story.Younger);
        await MergeAsync();
        Assert.Equal(("Weekly", "HighRisk"), ((await story.FactsAsync()).Cadence, (await story.FactsAsync()).KeyList));
        await PartAsync();
        Assert.Equal(("Quarterly", "Weekly"), ((await story.FactsAsync()).Cadence, (await story.FactsAsync(story.Younger)).Cadence));

        await MergeAsync();
        // Told of the file that was merged, it is the one child that was assessed.
        await story.AssessAsync(RiskLevel.Medium, story.Younger);
        Assert.Equal("Monthly", (await story.FactsAsync()).Cadence);
        await story.AssessAsync(RiskLevel.Low);
        Assert.Equal("Quarterly", (await story.FactsAsync()).Cadence);
        await PartAsync();
        Assert.Equal(("Quarterly", "Quarterly"), ((await story.FactsAsync()).Cadence, (await story.FactsAsync(story.Younger)).Cadence));

        async Task MergeAsync() => await story.Registry.Client.ConfirmDuplicateAsync(
            new() { ChildId = story.Younger, OtherId = story.Elder, ExpectedVersion = (await story.Registry.EventsOfAsync(story.Younger)).Count }, story.County);

        async Task PartAsync() => await story.Registry.Client.UnlinkDuplicateAsync(
            new() { ChildId = story.Younger, Reason = UnmergeReason.MergedInError, ExpectedVersion = (await story.Registry.EventsOfAsync(story.Younger)).Count }, story.County);
    }

    [Fact]
    public async Task A_closed_file_is_due_nothing_and_one_that_opens_again_is()
    {
        await using var story = await BeginAsync(servers);
        var version = (await story.Registry.Client.WhyEligibleAsync(new() { ChildId = story.Elder }, story.County)).Version;
        var closed = await story.Registry.Client.CloseFileAsync(new() { ChildId = story.Elder, Reason = CloseReason.CloseMovedAway, ExpectedVersion = version }, story.County);
        Assert.Empty(await story.RunningAsync());
        Assert.Equal("obligation_waived", (await story.DutiesAsync())[^1]);
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => story.VisitAsync(Start)));
        await story.Registry.Client.ReopenFileAsync(new() { ChildId = story.Elder, Reason = ReopenReason.ReopenMovedBack, ExpectedVersion = closed.Version }, story.County);
        Assert.Equal(["registry.visit Open 2026-08-04 00:00"], await story.RunningAsync());
        Assert.Equal((2, 1), ((await story.Registry.Visits.ListDueVisitsAsync(new() { DivisionCode = Places.County }, story.County)).Visits.Count,
            (await story.Registry.Visits.ListDueVisitsAsync(new() { DivisionCode = Places.County, PageSize = 1 }, story.County)).Visits.Count));
    }

    [Fact]
    public async Task Who_turns_18_is_due_nothing_from_that_day_on()
    {
        await using var story = await BeginAsync(servers);
        var ids = await story.Feed.TakeAsync(story.Feed.Household("h2"), story.Feed.Member("h2", "soon18", "王大山", "2008-05-20"), story.Feed.Granted("soon18", AidKind.MinimumLiving));
        Assert.Equal(["registry.visit Open 2026-06-03 00:00"], await story.RunningAsync(ids[1]));
        story.Clock.SetUtcNow(new DateTimeOffset(2026, 5, 20, 1, 0, 0, TimeSpan.FromHours(8)));
        await story.Registry.Service<Children.DueDeterminations>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await story.RunningAsync(ids[1]));
    }

    [Fact]
    public async Task The_visit_that_is_due_moves_with_the_household_and_its_worker_does_not()
    {
        await using var story = await BeginAsync(servers);
        await story.Feed.TakeAsync(story.Feed.Household("h1", Places.Neighbour));
        Assert.Equal(["obligation_opened", "obligation_waived", "obligation_opened"], await story.DutiesAsync());
        Assert.Equal(["registry.visit Open 2026-08-04 00:00"], await story.RunningAsync());
        Assert.Equal(2, (await story.Registry.Visits.ListDueVisitsAsync(new() { DivisionCode = Places.Neighbour }, story.County)).Visits.Count);
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => story.VisitAsync(Start)));
    }

    [Fact]
    public async Task Corrected_by_its_author_alone_both_values_are_read_with_a_purpose()
    {
        await using var story = await BeginAsync(servers);
        await story.VisitAsync(Start);
        var (version, visit) = ((await story.ReadAsync()).Version, (await story.ReadAsync()).Visits[0]);
        var correction = new CorrectVisitRequest { ChildId = story.Elder, VisitId = visit.VisitId, Findings = { VisitFinding.LivingPoor }, Note = "屋顶漏雨", ExpectedVersion = version };
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(async () => await story.Registry.Visits.CorrectVisitAsync(correction, story.County)));
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(async () => await story.Registry.Visits.CorrectVisitAsync(new(correction) { ExpectedVersion = version - 1 }, story.Worker)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(async () => await story.Registry.Visits.CorrectVisitAsync(correction, story.Elsewhere)));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(async () => await story.Registry.Visits.CorrectVisitAsync(new(correction) { VisitId = $"{Guid.NewGuid()}" }, story.Worker)));
        var corrected = await story.Registry.Visits.CorrectVisitAsync(correction, story.Worker);
        Assert.Equal(corrected, await story.Registry.Visits.CorrectVisitAsync(correction, story.Worker));
        Assert.Equal((version + 1, "", false), (corrected.Version, corrected.Visits[0].Content.Note, corrected.VerifiedByVisit));

        var read = (await story.ReadAsync()).Visits.Single();
        Assert.Equal(("屋顶漏雨", "孩子说想妈妈", "worker-1"), (read.Content.Note, read.Before.Single().Note, read.SignedBy));
        Assert.Equal([VisitFinding.LivingInOrder], read.Before.Single().Findings);
        Assert.Contains($"{Purpose} {story.Elder}", await story.Registry.ColumnAsync("select purpose || ' ' || subjects[1]::text from registry.personal_read"));
        Assert.Empty(await story.Registry.ColumnAsync("select id::text from registry.mt_events where data::text like '%想妈妈%' or data::text like '%漏雨%'"));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(async () => await story.Registry.Visits.GetVisitsAsync(new() { ChildId = story.Elder, Purpose = "x" }, story.County)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => story.ReadAsync(by: story.Elsewhere)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => story.ReadAsync($"{Guid.NewGuid()}")));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => story.ReadAsync(by: story.Registry.AsOfficer("4310"))));
    }

    [Fact]
    public async Task Reasons_of_the_key_list_are_shown_to_who_reads_what_they_tell_of()
    {
        await using var story = await BeginAsync(servers);
        await story.AssessAsync(RiskLevel.High);
        await story.Feed.TakeAsync(story.Feed.Granted("elder", AidKind.ExtremePoverty), story.Feed.Disability("elder", 4));
        Assert.Equal(["Hardship population-base", "Disabled population-base", "HighRisk assessment"], (await story.ReadAsync()).KeyList.Select(k => $"{k.Reason} {k.Source}"));
        Assert.Equal([KeyListReason.Hardship, KeyListReason.Disabled], (await story.ReadAsync(by: story.Worker)).KeyList.Select(k => k.Reason));
        Assert.Empty((await story.ReadAsync(by: story.Registry.AsOfficer(department: Department.Police))).KeyList);
        Assert.Equal([KeyListReason.Hardship, KeyListReason.Disabled], (await story.Registry.Visits.ListDueVisitsAsync(new() { DivisionCode = Places.Matian }, story.Worker)).Visits[0].KeyList);
    }

    [Fact]
    public async Task A_visit_with_a_wrong_field_a_stranger_or_by_a_stranger_is_refused_and_leaves_nothing()
    {
        await using var story = await BeginAsync(servers);
        var other = (await story.Feed.TakeAsync(story.Feed.Family("h9")))[1];
        var good = story.Request(Start, children: [story.Elder, story.Younger]);
        RecordVisitRequest With(Action<RecordVisitRequest> change)
        {
            var changed = good.Clone();
            change(changed);
            return changed;
        }
        foreach (var bad in (RecordVisitRequest[])
        [
            With(r => r.RequestId = "李小禾"), With(r => r.VisitedAt = "yesterday"), With(r => r.VisitedAt = Start.AddMinutes(1).ToString("O")), With(r => r.VisitedAt = Start.AddDays(-93).ToString("O")),
            With(r => r.Children.Clear()), With(r => r.Children[0].Findings.Clear()), With(r => r.Children[0].Findings.Add((VisitFinding)13)), With(r => r.Children[0].Findings.Add(VisitFinding.LivingPoor)),
            With(r => r.Children[0].Note = new string('长', 2001)), With(r => r.Children[0].Note = "a\0"), With(r => r.Children[1].ChildId = story.Elder), With(r => r.Children[0].ChildId = "x"),
        ])
            Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(async () => await story.Registry.Visits.RecordVisitAsync(bad, story.Worker)));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => story.VisitAsync(Start, children: [story.Elder, other])));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => story.VisitAsync(Start, children: [story.Elder, $"{Guid.NewGuid()}"])));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(() => story.VisitAsync(Start, by: story.Elsewhere)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(() => story.VisitAsync(Start, by: story.Registry.AsOfficer(department: Department.Police))));
        Assert.Equal(["visit_plan_changed"], await story.EventsAsync());
    }
}
