using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>Differences between the roll and Registry, on real servers.</summary>
public sealed class ReconciliationTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 1, 0, 0, TimeSpan.Zero));
    private readonly Guid child = Guid.NewGuid();

    [Fact]
    public async Task A_difference_is_found_once_gone_when_the_roll_is_corrected_and_found_again_when_it_is_back()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry) = (new SchoolFeed(education, clock), new RegistryTells(education, clock));
        var pupil = (await feed.EnrolAsync(Claims(feed, leftBehind: false)))[0].SubjectId;
        await registry.MatchedAsync(pupil, child);
        var page = await registry.ChildAsync(child, ChildCategory.LeftBehind);
        await registry.TakeAsync(page);
        await registry.ChildAsync(child, ChildCategory.LeftBehindInDifficulty);
        Assert.Equal(["LeftBehindInRegistry Open"], await CasesAsync(education));
        // Ten working days after 27 April: 1 to 5 May are off, 9 May is worked.
        Assert.Equal(["2026-05-13 Education"], await OwedAsync(education));

        await feed.EnrolAsync(Claims(feed, leftBehind: true));
        Assert.Equal(["LeftBehindInRegistry Gone"], await CasesAsync(education));
        Assert.Empty(await OwedAsync(education));
        await feed.EnrolAsync(Claims(feed, leftBehind: false));
        Assert.Equal(["LeftBehindInRegistry Open"], await CasesAsync(education));
        Assert.Single(await OwedAsync(education));
        Assert.Equal(["difference_found", "difference_gone", "difference_found"], await education.EventsOfAsync((await IdsAsync(education))[0]));
    }

    [Fact]
    public async Task In_whatever_order_the_two_sides_are_told_the_same_follows()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry) = (new SchoolFeed(education, clock), new RegistryTells(education, clock));
        var pupils = await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"));
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        // The file before the match, and the match before the file; both in one page, and the roll last.
        await registry.TellAsync(
            (first, RegistryTells.Recorded(first, ChildCategory.LeftBehind)), (Guid.Parse(pupils[0].SubjectId), new PupilMatched(Guid.Parse(pupils[0].SubjectId), first)),
            (Guid.Parse(pupils[1].SubjectId), new PupilMatched(Guid.Parse(pupils[1].SubjectId), second)), (second, RegistryTells.Recorded(second, ChildCategory.LeftBehind)));
        Assert.Empty(await CasesAsync(education));
        await feed.EnrolAsync(Claims(feed, false), Claims(feed, false, "L2"));
        Assert.Equal(["LeftBehindInRegistry Open", "LeftBehindInRegistry Open"], await CasesAsync(education));
        await registry.TellAsync((first, RegistryTells.Recorded(first, ChildCategory.None)), (second, RegistryTells.Recorded(second, ChildCategory.Undetermined)));
        Assert.Equal(["LeftBehindInRegistry Gone", "LeftBehindInRegistry Gone"], await CasesAsync(education));
        await feed.EnrolAsync(Claims(feed, true));
        await registry.ChildAsync(second, ChildCategory.None, FileState.Deceased);
        Assert.Equal(["DeceasedInRegistry Open", "LeftBehindInRegistry Gone", "LeftBehindInRegistry Gone", "LeftBehindOnRoll Open"], await CasesAsync(education));
    }

    [Fact]
    public async Task A_pupil_without_a_file_for_seven_days_is_the_towns_to_look_for_until_it_is_found()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry) = (new SchoolFeed(education, clock), new RegistryTells(education, clock));
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        clock.Advance(TimeSpan.FromDays(6));
        await feed.EnrolAsync(Claims(feed, true));
        await SweepAsync(education);
        Assert.Empty(await CasesAsync(education));
        clock.Advance(TimeSpan.FromDays(1));
        await SweepAsync(education);
        Assert.Equal(0, await SweepAsync(education));
        Assert.Equal(["NotInRegistry Open"], await CasesAsync(education));
        Assert.EndsWith("CivilAffairs", Assert.Single(await OwedAsync(education)), StringComparison.Ordinal);
        await registry.MatchedAsync(pupil, child);
        Assert.Equal(["NotInRegistry Gone"], await CasesAsync(education));
        await registry.TellAsync((Guid.Parse(pupil), new PupilUnlinked(Guid.Parse(pupil), child)));
        await SweepAsync(education);
        Assert.Equal(["NotInRegistry Gone"], await CasesAsync(education));
        clock.Advance(TimeSpan.FromDays(7));
        await SweepAsync(education);
        Assert.Equal(["NotInRegistry Open"], await CasesAsync(education));
    }

    [Fact]
    public async Task A_person_decides_with_a_reason_that_is_sealed_and_what_was_decided_is_not_found_again()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry) = (new SchoolFeed(education, clock), new RegistryTells(education, clock));
        var pupil = (await feed.EnrolAsync(Claims(feed, leftBehind: true)))[0].SubjectId;
        await registry.MatchedAsync(pupil, child);
        await registry.ChildAsync(child, ChildCategory.None);
        var client = new V1.Reconciliation.ReconciliationClient(education.Channel);
        var found = Assert.Single((await client.ListReconciliationCasesAsync(new() { DivisionCode = Places.County }, feed.AsBureau())).Cases);
        DecideReconciliationCaseRequest Decision(long version = 1) => new()
        {
            CaseId = found.CaseId, RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d11", Decision = V1.ReconciliationDecision.BothStand, Reason = "外婆王桂香照料，父母周末回家", ExpectedVersion = version,
        };

        Assert.Equal(StatusCode.Aborted, await StatusAsync(() => client.DecideReconciliationCaseAsync(Decision(7), feed.AsBureau())));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.DecideReconciliationCaseAsync(Decision(), feed.AsBureau(Places.NextCounty))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => client.DecideReconciliationCaseAsync(Decision(), education.AsSchool("S1"))));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.DecideReconciliationCaseAsync(new(Decision()) { Reason = "无" }, feed.AsBureau())));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.DecideReconciliationCaseAsync(new(Decision()) { Decision = default }, feed.AsBureau())));
        var decided = await client.DecideReconciliationCaseAsync(Decision(), feed.AsBureau());
        Assert.Equal((V1.ReconciliationState.Decided, 2, ""), (decided.State, decided.Version, decided.Reason));
        Assert.Equal(decided, await client.DecideReconciliationCaseAsync(Decision(), feed.AsBureau()));
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => client.DecideReconciliationCaseAsync(new(Decision(2)) { RequestId = $"{Guid.NewGuid()}" }, feed.AsBureau())));
        Assert.Empty(await OwedAsync(education));
        Assert.Equal("外婆王桂香照料，父母周末回家", (await client.GetReconciliationCaseAsync(new() { CaseId = found.CaseId, Purpose = "核对学籍" }, education.AsOfficer())).Reason);
        Assert.Equal(["核对学籍"], await education.ColumnAsync("select purpose from education.personal_read"));
        Assert.Empty(await education.ColumnAsync("select data::text from education.mt_events where data::text like '%王桂香%'"));
        Assert.DoesNotContain(education.Logs.Lines, l => l.Contains("王桂香", StringComparison.Ordinal));

        await registry.ChildAsync(child, ChildCategory.None);
        Assert.Equal(["LeftBehindOnRoll Decided"], await CasesAsync(education));
        await registry.TellAsync((child, new PersonalDataErased(child, [Guid.Parse(pupil)])));
        Assert.Equal(["LeftBehindOnRoll Gone"], await CasesAsync(education));
        Assert.Equal("", (await client.GetReconciliationCaseAsync(new() { CaseId = found.CaseId, Purpose = "核对学籍" }, education.AsOfficer())).Reason);
    }

    [Fact]
    public async Task Differences_are_listed_page_by_page_in_reach()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry) = (new SchoolFeed(education, clock), new RegistryTells(education, clock));
        for (var i = 0; i < 5; i++)
        {
            var of = Guid.NewGuid();
            await registry.MatchedAsync((await feed.EnrolAsync(Claims(feed, true, $"L{i}")))[0].SubjectId, of);
            await registry.ChildAsync(of, ChildCategory.None);
        }
        var client = new V1.Reconciliation.ReconciliationClient(education.Channel);
        var (seen, token) = (new List<string>(), "");
        do
        {
            var page = await client.ListReconciliationCasesAsync(new() { DivisionCode = Places.Matian, PageSize = 2, PageToken = token }, education.AsOfficer());
            seen.AddRange(page.Cases.Select(c => c.CaseId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal((await IdsAsync(education)).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Empty((await client.ListReconciliationCasesAsync(new() { DivisionCode = Places.Neighbour }, education.AsOfficer())).Cases);
        Assert.Empty((await client.ListReconciliationCasesAsync(new() { DivisionCode = Places.County, Kind = V1.ReconciliationKind.NotInRegistry }, education.AsOfficer())).Cases);
        Assert.Empty((await client.ListReconciliationCasesAsync(new() { DivisionCode = Places.County, State = V1.ReconciliationState.Gone }, education.AsOfficer())).Cases);
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.ListReconciliationCasesAsync(new() { DivisionCode = Places.County, PageToken = "x" }, education.AsOfficer())));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.ListReconciliationCasesAsync(new() { DivisionCode = Places.NextCounty }, education.AsOfficer())));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => client.ListReconciliationCasesAsync(new() { DivisionCode = Places.County }, education.AsOfficer(department: Department.Police))));
    }

    private static RollRow Claims(SchoolFeed feed, bool leftBehind, string studentNo = "L1")
    {
        var row = feed.Enrolled(studentNo);
        row.Enrolled.Claims = new() { LeftBehind = leftBehind };
        return row;
    }

    private static Task<int> SweepAsync(RunningEducation education) => education.Service<FindWaiting>().SweepAsync(TestContext.Current.CancellationToken);

    private static async Task<List<string>> CasesAsync(RunningEducation education) => [.. (await education.ColumnAsync(
        "select kind || ' ' || state from education.reconciliation_case")).Select(c => c.Split(' '))
        .Select(c => $"{(Contracts.Education.ReconciliationKind)short.Parse(c[0], null)} {(Contracts.Education.ReconciliationState)short.Parse(c[1], null)}").Order(StringComparer.Ordinal)];

    private static Task<List<string>> IdsAsync(RunningEducation education) => education.ColumnAsync("select id::text from education.reconciliation_case");

    private static Task<List<string>> OwedAsync(RunningEducation education) => education.ColumnAsync(
        "select to_char((due_at at time zone 'Asia/Shanghai') - interval '1 day', 'YYYY-MM-DD') || ' ' || department from education.obligation_due where kind = $1", ReconciliationDuties.Settle.Kind);

    private static async Task<StatusCode> StatusAsync(Func<AsyncUnaryCall<V1.ReconciliationCase>> call) => (await Assert.ThrowsAsync<RpcException>(async () => await call())).StatusCode;

    private static async Task<StatusCode> StatusAsync(Func<AsyncUnaryCall<ReconciliationCasePage>> call) => (await Assert.ThrowsAsync<RpcException>(async () => await call())).StatusCode;
}
