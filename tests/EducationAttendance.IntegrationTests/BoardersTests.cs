using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>Night rolls and hand-overs of boarders, on real servers: told by the school, corrected, listed by finding, and the nights that nobody called.</summary>
public sealed class BoardersTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 13, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_night_roll_is_told_corrected_and_listed_and_who_is_not_found_is_suspected_missing_once()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, client) = (new SchoolFeed(education, clock), new V1.Boarders.BoardersClient(education.Channel));
        var pupils = (await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"))).ConvertAll(v => v.SubjectId);
        var night = Night("2026-04-27", 0, (pupils[0], BoardingMark.NotFound), (pupils[1], BoardingMark.Excused));
        var told = await client.RecordNightRollAsync(night, education.AsSchool("S1"));
        Assert.Equal((1, BoardingRoll.Taken, 20, 1, 1, 2), (told.Version, told.Roll, told.Present, told.Excused, told.Findings, told.Entries.Count));
        Assert.Equal(told, await client.RecordNightRollAsync(night, education.AsSchool("S1")));
        Assert.Equal([told.SheetId], await ListedAsync(client, education.AsOfficer(), findings: true));
        var corrected = await client.RecordNightRollAsync(Night("2026-04-27", 1, (pupils[0], BoardingMark.Excused)), feed.AsBureau());
        Assert.Equal((2, 0, 1), (corrected.Version, corrected.Findings, corrected.Entries.Count));
        Assert.Equal(corrected, await client.GetBoardingSheetAsync(new() { SheetId = told.SheetId }, education.AsSchool("S1")));
        Assert.Empty(await ListedAsync(client, education.AsOfficer(), findings: true));
        Assert.Equal([told.SheetId], await ListedAsync(client, education.AsSchool("S1"), schoolNo: "S1"));
        Assert.Equal([$"{pupils[0]}"], await education.ColumnAsync("select m->>'pupil' from education.mt_events, jsonb_array_elements(data->'missing') m where type = 'boarding_sheet_told'"));
    }

    [Fact]
    public async Task Whom_nobody_took_over_is_a_finding_until_it_is_corrected()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, client) = (new SchoolFeed(education, clock), new V1.Boarders.BoardersClient(education.Channel));
        var pupils = (await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"), feed.Enrolled("L3"))).ConvertAll(v => v.SubjectId);
        RecordHandOverRequest HandOver(long version, BoardingMark last) => new()
        {
            DivisionCode = Places.Matian, RequestId = $"{Guid.NewGuid()}", SchoolNo = "S1", Dormitory = "3", Date = "2026-04-24", ExpectedVersion = version,
            Pupils = { pupils.Zip([BoardingMark.ToParent, BoardingMark.Stays, last], (pupil, mark) => new BoardingEntry { PupilId = pupil, Mark = mark }) },
        };
        var told = await client.RecordHandOverAsync(HandOver(0, BoardingMark.NotHandedOver), education.AsSchool("S1"));
        Assert.Equal((BoardingSheetKind.HandOver, BoardingRoll.TakenLate, 1, 1, 1), (told.Kind, told.Roll, told.Present, told.Excused, told.Findings));
        Assert.Equal([told.SheetId], await ListedAsync(client, education.AsOfficer(), findings: true));
        var corrected = await client.RecordHandOverAsync(HandOver(1, BoardingMark.ToRelative), education.AsSchool("S1"));
        Assert.Equal((2, 0), (corrected.Present, corrected.Findings));
        Assert.Empty(await ListedAsync(client, education.AsOfficer(), findings: true));
        Assert.Equal(StatusCode.Aborted, await StatusAsync(() => client.RecordHandOverAsync(HandOver(1, BoardingMark.ToCarer), education.AsSchool("S1"))));
    }

    [Fact]
    public async Task A_night_before_a_school_day_without_a_roll_is_a_finding_and_told_late_it_is_none()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, client) = (new SchoolFeed(education, clock), new V1.Boarders.BoardersClient(education.Channel));
        await feed.EnrolAsync(feed.Enrolled("L1"));
        await client.RecordNightRollAsync(Night("2026-04-27", 0), education.AsSchool("S1"));
        // 30 April is a Thursday, and 1 to 5 May are holidays; 6 May is a school day again.
        clock.SetUtcNow(new(2026, 5, 7, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await education.Service<Boarders.SettleNights>().SweepAsync(TestContext.Current.CancellationToken));
        await feed.TellAsync(Spring());
        await education.Service<Boarders.SettleNights>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["2"], await education.ColumnAsync("select count(*)::text from education.mt_events where type = 'night_roll_missed'"));
        Assert.Equal(0, await education.Service<Boarders.SettleNights>().SweepAsync(TestContext.Current.CancellationToken));
        var missed = (await client.ListBoardingSheetsAsync(new() { DivisionCode = Places.County, FindingsOnly = true }, feed.AsBureau())).Sheets;
        Assert.Equal([("2026-05-05", BoardingRoll.Missing, 0L), ("2026-05-06", BoardingRoll.Missing, 0L)], missed.Select(s => (s.Date, s.Roll, s.Version)));
        var late = await client.RecordNightRollAsync(Night("2026-05-06", 0), education.AsSchool("S1"));
        Assert.Equal((missed[1].SheetId, BoardingRoll.TakenLate, 1L), (late.SheetId, late.Roll, late.Version));
        Assert.Equal([missed[0].SheetId], await ListedAsync(client, feed.AsBureau(), findings: true));
    }

    [Fact]
    public async Task What_cannot_be_told_says_why()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, client) = (new SchoolFeed(education, clock), new V1.Boarders.BoardersClient(education.Channel));
        var pupils = (await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2", schoolNo: "S2"))).ConvertAll(v => v.SubjectId);
        foreach (var wrong in (Action<RecordNightRollRequest>[])
        [
            r => r.Date = "2026-04-28", r => r.Date = "2026-03-27", r => r.Date = "x", r => r.SchoolNo = "", r => r.Dormitory = "13907351234", r => r.Present = -1, r => r.DivisionCode = Places.County,
            r => r.Absent[0].Mark = BoardingMark.ToParent, r => r.Absent[0].Mark = default, r => r.Absent[0].PupilId = pupils[1], r => r.Absent[0].PupilId = $"{Guid.NewGuid()}", r => r.Absent.Add(r.Absent[0].Clone()),
        ])
        {
            var request = Night("2026-04-27", 0, (pupils[0], BoardingMark.Excused));
            wrong(request);
            Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.RecordNightRollAsync(request, education.AsSchool(request.SchoolNo.Length == 0 ? "S1" : request.SchoolNo))));
        }
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.RecordHandOverAsync(
            new() { DivisionCode = Places.Matian, RequestId = $"{Guid.NewGuid()}", SchoolNo = "S1", Dormitory = "3", Date = "2026-04-24" }, education.AsSchool("S1"))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.RecordNightRollAsync(Night("2026-04-27", 0), education.AsSchool("S2"))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.RecordNightRollAsync(Night("2026-04-27", 0), feed.AsBureau(Places.NextCounty))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => client.RecordNightRollAsync(Night("2026-04-27", 0), education.AsOfficer())));
        Assert.Equal(StatusCode.Aborted, await StatusAsync(() => client.RecordNightRollAsync(Night("2026-04-27", 1), education.AsSchool("S1"))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.GetBoardingSheetAsync(new() { SheetId = $"{Guid.NewGuid()}" }, feed.AsBureau())));
    }

    private static RecordNightRollRequest Night(string date, long version, params (string Pupil, BoardingMark Mark)[] absent) => new()
    {
        DivisionCode = Places.Matian, RequestId = $"{Guid.NewGuid()}", SchoolNo = "S1", Dormitory = "3", Date = date, Present = 20, ExpectedVersion = version,
        Absent = { absent.Select(a => new BoardingEntry { PupilId = a.Pupil, Mark = a.Mark }) },
    };

    private static async Task<List<string>> ListedAsync(V1.Boarders.BoardersClient client, CallOptions caller, bool findings = false, string schoolNo = "") =>
        [.. (await client.ListBoardingSheetsAsync(new() { DivisionCode = Places.County, FindingsOnly = findings, SchoolNo = schoolNo }, caller)).Sheets.Select(s => s.SheetId)];

    private static async Task<StatusCode> StatusAsync(Func<AsyncUnaryCall<V1.BoardingSheet>> call) => (await Assert.ThrowsAsync<RpcException>(async () => await call())).StatusCode;
}
