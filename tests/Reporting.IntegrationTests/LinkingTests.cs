using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Protos.Reporting.V1;
using static LeftBehind.Reporting.IntegrationTests.Story;

namespace LeftBehind.Reporting.IntegrationTests;

/// <summary>Without a known child, open cases of the place are proposed, and a person decides.</summary>
public sealed class LinkingTests(RunningReports reports)
{
    private const string Village = "431003101215", Beside = "431003101208";
    private readonly Story story = new(reports);

    [Fact]
    public async Task Three_reports_on_one_child_within_an_hour_are_one_case_whose_urgency_never_falls()
    {
        var child = Guid.NewGuid();
        var first = await story.ReportAsync(Harm(Situation.LivingAlone, child));
        var urgent = await story.ReportAsync(Harm(Situation.DomesticViolence, child));
        var third = await story.ReportAsync(Harm(Situation.GuardianIncapableOrFailing, child));
        var open = await story.ReadAsync(first);
        Assert.Equal((Urgency.Emergency, Standing.Received), (open.Urgency, open.Standing));
        Assert.Equal([urgent, third], open.JoinedReportIds);
        foreach (var joined in open.JoinedReportIds)
            Assert.Equal((first, Standing.Linked), ((await story.ReadAsync(joined)).CaseId, (await story.ReadAsync(joined)).Standing));
        Assert.Equal(["3"], await reports.ColumnAsync("select count(*)::text from reporting.report_of_child where child = $1", child));
    }

    [Fact]
    public async Task A_report_without_a_child_has_the_open_cases_of_its_village_proposed_and_joins_one_by_a_persons_word_alone()
    {
        var child = Guid.NewGuid();
        var known = await story.ReportAsync(Harm(Situation.LivingAlone, child, Village));
        var other = await story.ReportAsync(Harm(Situation.Missing, Guid.NewGuid(), Village));
        await story.ReportAsync(Harm(Situation.Missing, Guid.NewGuid(), Beside));
        var nameless = await story.ReportAsync(Harm(Situation.DomesticViolence, null, Village));
        var received = await story.ReadAsync(nameless);
        Assert.Equal(Standing.Received, received.Standing);
        Assert.Equal(new[] { known, other }.Order(StringComparer.Ordinal), received.ProposedCaseIds);
        Assert.Empty((await story.ReadAsync(known)).ProposedCaseIds);

        var dismissed = await story.People.DismissProposalAsync(new() { ReportId = nameless, CaseId = other, ExpectedVersion = received.Version }, story.Bureau);
        Assert.Equal([known], (await story.ReadAsync(nameless)).ProposedCaseIds);
        await RefusedAsync(StatusCode.FailedPrecondition, story.People.DismissProposalAsync(new() { ReportId = nameless, CaseId = nameless, ExpectedVersion = dismissed.Version }, story.Bureau));
        var link = new LinkReportRequest { ReportId = nameless, CaseId = known, ExpectedVersion = dismissed.Version };
        await RefusedAsync(StatusCode.Aborted, story.People.LinkReportAsync(new(link) { ExpectedVersion = 1 }, story.Bureau));
        await RefusedAsync(StatusCode.NotFound, story.People.LinkReportAsync(new(link) { CaseId = $"{Guid.NewGuid()}" }, story.Bureau));
        await RefusedAsync(StatusCode.NotFound, story.People.LinkReportAsync(link, story.PoliceElsewhere));
        var joined = await story.People.LinkReportAsync(link, story.Bureau);
        Assert.Equal((Standing.Linked, known, $"{child}"), (joined.Standing, joined.CaseId, joined.ChildId));
        Assert.Equal(["2"], await reports.ColumnAsync("select count(*)::text from reporting.report_of_child where child = $1", child));
        Assert.Equal(joined, await story.People.LinkReportAsync(link, story.Bureau));
        var open = await story.ReadAsync(known);
        Assert.Equal((Urgency.Emergency, nameless), (open.Urgency, Assert.Single(open.JoinedReportIds)));
        await RefusedAsync(StatusCode.FailedPrecondition, story.People.LinkReportAsync(new(link) { CaseId = other, ExpectedVersion = joined.Version }, story.Bureau));
    }

    [Fact]
    public async Task With_a_childs_erasure_go_all_words_of_its_case_also_of_what_a_person_joined_to_it()
    {
        const string Place = "431003101207";
        var child = Guid.NewGuid();
        var known = await story.ReportAsync(Harm(Situation.Missing, child, Place));
        var nameless = await story.ReportAsync(Harm(Situation.DomesticViolence, null, Place));
        await story.People.LinkReportAsync(new() { ReportId = nameless, CaseId = known, ExpectedVersion = (await story.ReadAsync(nameless)).Version }, story.Bureau);
        var response = await story.RespondAsync(known);
        await story.TakeAsync(response, Measure.EvidenceTaken);
        var evidence = new AddEvidenceRequest
        { ResponseId = response, EvidenceId = $"{Guid.NewGuid()}", Measure = Measure.EvidenceTaken, Kind = EvidenceKind.Testimony, At = At(25), Description = "邻居证言" };
        await story.Responses.AddEvidenceAsync(evidence, story.Police);
        var placed = await story.Placements.PlaceChildAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", ReportId = known, Ground = PlacementGround.GuardianHarming, Place = PlacementPlace.Relative, Receiver = "外婆家", HandOverNo = "1号", At = At(30),
        }, story.Bureau);
        async Task<string[]> WordsAsync() =>
        [
            (await story.ReadAsync(known, "核实情况")).Description, (await story.ReadAsync(nameless, "核实情况")).Description,
            (await story.ReadAsync(known, "核实情况")).Response.Measures.Single().Evidence.Single().Description,
            (await story.Placements.GetPlacementAsync(new() { PlacementId = placed.PlacementId, Purpose = "核实情况" }, story.Police)).Receiver,
        ];
        Assert.DoesNotContain("", await WordsAsync());
        await reports.TellAsync([RunningReports.Erased(child)]);
        Assert.All(await WordsAsync(), words => Assert.Equal("", words));
        await RefusedAsync(StatusCode.FailedPrecondition, story.Responses.AddEvidenceAsync(new(evidence) { EvidenceId = $"{Guid.NewGuid()}" }, story.Police));
        Assert.Equal("陈某", (await story.ReadAsync(known, "核实情况")).ReporterName);
    }

    [Fact]
    public async Task A_report_is_in_no_list_of_whom_it_concerns_nor_are_its_duties()
    {
        const string Place = "431003101213";
        var town = reports.As(Department.CivilAffairs, Place[..9]);
        var concerned = await story.ReportAsync(new(Harm(Situation.OtherHarm, null, Place)) { ConcernedAccount = $"officer-{Place[..9]}" });
        var next = await story.ReportAsync(Harm(Situation.Missing, null, Place));
        Assert.Equal([concerned], (await story.ReadAsync(next)).ProposedCaseIds);
        Assert.Empty((await story.ReadAsync(next, by: town)).ProposedCaseIds);
        Assert.Contains((await story.People.ListReportsAsync(new() { DivisionCode = Place }, story.Police)).Reports_, r => r.ReportId == concerned);
        var seen = (await story.People.ListReportsAsync(new() { DivisionCode = Place[..9], PageSize = 200 }, town)).Reports_;
        Assert.DoesNotContain(seen, r => r.ReportId == concerned);
        Assert.Contains(seen, r => r.ReportId == next);
        await RefusedAsync(StatusCode.NotFound, story.People.TriageReportAsync(new() { ReportId = concerned, Urgency = Urgency.Emergency, ExpectedVersion = 2 }, town));

        var duties = new Protos.Obligations.V1.Obligations.ObligationsClient(reports.Channel);
        var accused = await story.ReportAsync(new(Harm(Situation.OtherHarm, null, Place)) { ConcernedAccount = $"officer-{Places.NextCounty}", DivisionCode = Places.NextVillage });
        var running = await duties.ListObligationsAsync(new() { DivisionCode = Places.NextCounty, Kind = "reporting.referToPolice", PageSize = 200 }, reports.As(Department.Police, Places.NextCounty));
        Assert.DoesNotContain(running.Obligations, o => o.SubjectId == accused);
        Assert.Equal(["1"], await reports.ColumnAsync("select count(*)::text from reporting.obligation_due where subject = $1", Guid.Parse(accused)));
    }

    [Fact]
    public async Task Who_read_a_report_is_told_to_the_county_but_not_to_whom_the_report_concerns()
    {
        var reads = new Protos.Reads.V1.PersonalReads.PersonalReadsClient(reports.Channel);
        var accused = await story.ReportAsync(new(Harm(Situation.OtherHarm, null, Village)) { ConcernedAccount = $"officer-{Places.County}" });
        var plain = await story.ReportAsync(Harm(Situation.OtherHarm, null, Beside));
        foreach (var report in (string[])[accused, plain])
            await story.ReadAsync(report, "核实情况", by: reports.As(Department.Police, Places.County, "investigator"));
        Assert.Equal([accused, plain], await ReadAsync("supervisor"));
        Assert.Equal([plain], await ReadAsync($"officer-{Places.County}"));

        async Task<IEnumerable<string>> ReadAsync(string account) =>
            (await reads.ListReadsAsync(new() { DivisionCode = Places.County, PageSize = 200 }, reports.As(Department.CivilAffairs, Places.County, account))).Reads
                .Select(r => r.SubjectIds[0]).Where(id => id == accused || id == plain);
    }

    [Fact]
    public async Task A_report_on_a_sibling_joins_the_open_case_of_the_household_and_each_child_is_told_to_the_town_and_placed_by_itself()
    {
        var (household, elder, younger, moved) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await reports.TellAsync([
            Running.RunningReports.Living(elder, household), Running.RunningReports.Living(younger, household), Running.RunningReports.Living(moved, household),
            Running.RunningReports.Living(moved, Guid.NewGuid(), version: 3), Running.RunningReports.Living(moved, household, version: 2)]);
        var first = await story.ReportAsync(Harm(Situation.GuardianIncapableOrFailing, elder));
        var second = await story.ReportAsync(Harm(Situation.Missing, younger));
        var elsewhere = await story.ReportAsync(Harm(Situation.Missing, moved));

        var joined = await story.ReadAsync(second);
        Assert.Equal((first, $"{younger}", Standing.Linked), (joined.CaseId, joined.ChildId, joined.Standing));
        var open = await story.ReadAsync(first);
        Assert.Equal((Urgency.Emergency, second), (open.Urgency, Assert.Single(open.JoinedReportIds)));
        Assert.Equal([Situation.GuardianIncapableOrFailing, Situation.Missing], open.Situations);
        Assert.Equal("", (await story.ReadAsync(elsewhere)).CaseId);

        var response = await story.RespondAsync(first);
        var notice = new NoticeRequest { ResponseId = response, At = At(20) };
        await reports.Client.NotifyTownAsync(notice, story.Police);
        await reports.Client.NotifyTownAsync(notice, story.Police);
        Assert.Equal(new[] { $"{elder}", $"{younger}" }.Order(), (await reports.ColumnAsync(
            "select data->'case'->>'child' from reporting.mt_events where stream_id = $1 and type = 'town_notified'", Guid.Parse(response))).Order());
        foreach (var report in new[] { first, second })
            Assert.Equal(report, (await story.Placements.PlaceChildAsync(new()
            {
                RequestId = $"{Guid.NewGuid()}", ReportId = report, Ground = PlacementGround.GuardianRefusing, Place = PlacementPlace.Relative, Receiver = "外婆", HandOverNo = "1号", At = At(30),
            }, story.Bureau)).ReportId);
    }

    [Fact]
    public async Task Cases_open_before_their_household_is_known_become_one_once_and_what_is_answered_already_stays()
    {
        var (household, elder, younger, answered) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var first = await story.ReportAsync(Harm(Situation.GuardianIncapableOrFailing, elder));
        var second = await story.ReportAsync(Harm(Situation.DomesticViolence, younger));
        PagedEvent[] told = [Running.RunningReports.Living(elder, household), Running.RunningReports.Living(younger, household)];
        await reports.TellAsync([told[0]]);
        Assert.Equal("", (await story.ReadAsync(second)).CaseId);
        await reports.TellAsync(told, times: 2);
        await reports.TellAsync([told[1], told[0]]);
        var (open, joined) = (await story.ReadAsync(first), await story.ReadAsync(second));
        Assert.Equal((Urgency.Emergency, second), (open.Urgency, Assert.Single(open.JoinedReportIds)));
        Assert.Equal((first, $"{younger}", Standing.Linked), (joined.CaseId, joined.ChildId, joined.Standing));
        Assert.Equal([first], await reports.ColumnAsync("select report::text from reporting.open_case where child = any($1)", new[] { elder, younger }));
        Assert.Equal(["1"], await reports.ColumnAsync("select count(*)::text from reporting.obligation_due where subject = any($1)", new[] { Guid.Parse(first), Guid.Parse(second) }));

        // Two that the police answer stay two, whatever becomes known; a further report joins its own child's.
        var third = await story.ReportAsync(Harm(Situation.GuardianIncapableOrFailing, answered));
        await story.RespondAsync(first);
        await story.RespondAsync(third);
        await reports.TellAsync([Running.RunningReports.Living(answered, household)]);
        Assert.Equal(("", Standing.UnderHandling), ((await story.ReadAsync(third)).CaseId, (await story.ReadAsync(third)).Standing));
        Assert.Equal(third, (await story.ReadAsync(await story.ReportAsync(Harm(Situation.LivingAlone, answered)))).CaseId);
    }

    [Fact]
    public async Task The_one_that_the_police_answer_is_joined_though_it_came_later_and_by_a_move_alone_nothing_is_joined()
    {
        var (household, elder, younger, moved) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await reports.TellAsync([Running.RunningReports.Living(moved, Guid.NewGuid())]);
        var first = await story.ReportAsync(Harm(Situation.DomesticViolence, elder));
        var second = await story.ReportAsync(Harm(Situation.GuardianIncapableOrFailing, younger));
        var third = await story.ReportAsync(Harm(Situation.GuardianIncapableOrFailing, moved));
        await story.RespondAsync(second);
        await reports.TellAsync([Running.RunningReports.Living(moved, household, version: 2), Running.RunningReports.Living(elder, household), Running.RunningReports.Living(younger, household)]);
        Assert.Equal((second, Urgency.Emergency), ((await story.ReadAsync(first)).CaseId, (await story.ReadAsync(second)).Urgency));
        Assert.Equal(second, (await story.ReadAsync(third)).CaseId);
        var (late, other) = (Guid.NewGuid(), Guid.NewGuid());
        await reports.TellAsync([Running.RunningReports.Living(late, Guid.NewGuid()), Running.RunningReports.Living(other, Guid.NewGuid())]);
        var (of, beside) = (await story.ReportAsync(Harm(Situation.LivingAlone, late)), await story.ReportAsync(Harm(Situation.LivingAlone, other)));
        await reports.TellAsync([Running.RunningReports.Living(late, household, version: 2), Running.RunningReports.Living(other, household, version: 2)]);
        Assert.Equal(("", ""), ((await story.ReadAsync(of)).CaseId, (await story.ReadAsync(beside)).CaseId));
    }

    [Fact]
    public async Task Siblings_found_unattended_in_one_page_are_one_case_also_where_their_household_is_told_in_it()
    {
        var (household, elder, younger) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var at = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
        await reports.TellAsync([
            Running.RunningReports.Living(elder, household), Running.RunningReports.Living(younger, household), Running.RunningReports.Unattended(elder, at), Running.RunningReports.Unattended(younger, at)], times: 2);
        Assert.Single(await reports.ColumnAsync("select report::text from reporting.open_case where child = any($1)", new[] { elder, younger }));
        Assert.Equal(["2"], await reports.ColumnAsync("select count(*)::text from reporting.report_of_child where child = any($1)", new[] { elder, younger }));
    }
}
