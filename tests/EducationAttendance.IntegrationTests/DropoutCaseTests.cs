using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Erasure;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>Dropout cases over the wire: who may do what, repeats, versions, order; the written report; and erasure.</summary>
public sealed class DropoutCaseTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 5, 12, 1, 0, 0, TimeSpan.Zero));
    private static readonly string[] ThreeDays = ["2026-05-08", "2026-05-09", "2026-05-11"];

    [Fact]
    public async Task A_step_is_taken_once_on_the_version_that_was_seen_and_by_those_alone_who_may()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, office, pupil) = await SuspectedAsync(education);
        RecordContactRequest Contact(long version, Action<RecordContactRequest>? change = null)
        {
            var request = new RecordContactRequest { PupilId = pupil, RequestId = "5b1f6b0a-54d1-4f0b-9a43-7a2f0c6a1d11", On = "2026-05-11", Outcome = ContactOutcome.NotReached, ExpectedVersion = version };
            change?.Invoke(request);
            return request;
        }
        async Task<StatusCode> RefusedAsync(RecordContactRequest request, CallOptions caller) => (await Assert.ThrowsAsync<RpcException>(async () => await office.Client.RecordContactAsync(request, caller))).StatusCode;

        Assert.Equal(StatusCode.NotFound, await RefusedAsync(Contact(2, r => r.PupilId = $"{Guid.NewGuid()}"), office.School));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(Contact(2), education.AsSchool("S2")));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(Contact(2), education.AsSchool("S1", Places.NextCounty)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(Contact(2), education.AsOfficer(Places.NextCounty, Department.Education)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(Contact(2), office.Town));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(Contact(2), education.AsOfficer(Places.County, Department.Police)));
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(Contact(1), office.School));
        foreach (var wrong in (Action<RecordContactRequest>[])[r => r.On = "2026-05-13", r => r.On = "11.5.", r => r.Outcome = ContactOutcome.Unspecified, r => r.RequestId = "1", r => r.Note = new('长', 2001)])
            Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(Contact(2, wrong), office.School));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(Contact(2, r => r.On = "2026-05-07"), office.School));

        var done = await office.Client.RecordContactAsync(Contact(2), office.School);
        Assert.Equal(3, done.Version);
        Assert.Equal(done, await office.Client.RecordContactAsync(Contact(2), office.School));
        Assert.Equal(["GuardianContacted NotReached 2026-05-11"], done.Steps.Select(s => $"{s.Step} {s.Outcome} {s.On}"));
        var other = await Assert.ThrowsAsync<RpcException>(async () => await office.Client.RegisterDropoutAsync(new() { PupilId = pupil, RequestId = Contact(2).RequestId, On = "2026-05-12", ExpectedVersion = 3 }, office.School));
        Assert.Equal((StatusCode.FailedPrecondition, "request_id: was used for another step of this case"), (other.StatusCode, other.Status.Detail));
        var early = await Assert.ThrowsAsync<RpcException>(async () => await office.Client.RegisterDropoutAsync(new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-05-12", ExpectedVersion = 3 }, office.School));
        Assert.Equal("no home visit is recorded", early.Status.Detail);

        var list = await office.Client.ListDropoutCasesAsync(new() { DivisionCode = Places.County, SchoolNo = "S1" }, office.School);
        Assert.Equal((pupil, DropoutStep.DropoutSuspected, 0), (list.Cases.Single().PupilId, list.Cases[0].Step, list.Cases[0].Steps.Count));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await office.Client.ListDropoutCasesAsync(new() { DivisionCode = Places.County }, office.School))).StatusCode);
    }

    [Fact]
    public async Task Attendance_told_in_any_order_and_twice_gives_one_case()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        await feed.TellAsync(Spring());
        var calls = ThreeDays.Select(d => feed.Call(d, Absent("L1"))).ToList();
        await feed.PushAsync(calls[2]);
        await feed.PushAsync(calls[0], calls[2]);
        await feed.PushAsync(calls[1]);
        await feed.PushAsync([.. calls]);
        var office = new DropoutOffice(education, clock, pupil);
        var known = await office.CaseAsync();
        Assert.Equal((DropoutStep.DropoutSuspected, "2026-05-08", 2L), (known.Step, known.AbsentSince, known.Version));
        Assert.Equal(["contactGuardian 05-14 00:00 Education", "homeVisit 05-14 00:00 Education", "registerDropout 05-16 00:00 Education"], await office.OwedAsync());
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await office.Client.GetDropoutCaseAsync(new() { PupilId = $"{Guid.NewGuid()}" }, office.County))).StatusCode);
    }

    [Fact]
    public async Task The_roll_registers_a_dropout_and_brings_back_who_is_enrolled_again_and_beyond_compulsory_school_nobody_drops_out()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.TellAsync(Spring());
        RollRow Row(string no, Action<RollRow> fill)
        {
            var row = feed.Enrolled(no);
            (row.Enrolled, row.OccurredAt) = (null, "2026-05-11T08:00:00+08:00");
            fill(row);
            return row;
        }
        var senior = feed.Enrolled("L2");
        senior.Enrolled.Stage = Stage.SeniorHigh;
        // Told and taken back in one batch: both happened.
        var told = await feed.EnrolAsync(feed.Enrolled("L1"), senior, Row("L1", r => r.DroppedOut = new()), Row("L2", r => r.DroppedOut = new()), feed.Enrolled("L3"), Row("L3", r => r.DroppedOut = new()), feed.Enrolled("L3"));
        var office = new DropoutOffice(education, clock, told[0].SubjectId);
        Assert.Equal((DropoutStep.DropoutRegistered, ""), ((await office.CaseAsync()).Step, (await office.CaseAsync()).AbsentSince));
        Assert.Equal(["startPersuasion 05-16 00:00 Education"], await office.OwedAsync());
        Assert.Equal(DropoutStep.Returned, (await new DropoutOffice(education, clock, told[4].SubjectId).CaseAsync()).Step);
        Assert.Empty(await education.ColumnAsync("select pupil::text from education.dropout_case where pupil = $1", Guid.Parse(told[1].SubjectId)));
        Assert.Equal(DropoutStep.PersuasionStarted, await office.StepAsync((c, r) => c.StartPersuasionAsync(r, office.County)));
        await feed.EnrolAsync(Row("L1", r => r.Graduated = new()));
        Assert.Equal((DropoutStep.Ended, "Graduated"), ((await office.CaseAsync()).Step, (await office.CaseAsync()).EndedBecause));
        Assert.Empty(await office.OwedAsync());
    }

    [Fact]
    public async Task The_written_report_is_kept_sealed_read_for_a_purpose_and_gone_with_the_pupil()
    {
        await using var education = await servers.StartAsync(clock);
        var (_, office, pupil) = await SuspectedAsync(education);
        await ReportedAsync(office, pupil);
        var report = await office.Client.GetWrittenReportAsync(new() { PupilId = pupil, Purpose = "研究劝返" }, office.Town);
        Assert.Contains("姓名：李小禾", report.Text, StringComparison.Ordinal);
        Assert.Contains("2026年5月11日，联系监护人，未联系上。手机停机", report.Text, StringComparison.Ordinal);
        Assert.Contains("苏仙区教育局、白露塘镇人民政府：", report.Text, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(report.Pdf.ToByteArray()[..5]), StringComparison.Ordinal);
        Assert.Equal("手机停机", (await office.CaseAsync("核对个案")).Steps[0].Note);
        Assert.Equal("", (await office.CaseAsync()).Steps[0].Note);
        Assert.Equal(["研究劝返 written-report", "核对个案 dropout"], await education.ColumnAsync("select purpose || ' ' || what from education.personal_read order by at, purpose desc"));
        foreach (var table in (string[])["mt_events", "dropout_document", "dropout_case"])
            Assert.DoesNotContain(await education.ColumnAsync($"select t::text from education.{table} t"), row => row.Contains("李小禾", StringComparison.Ordinal) || row.Contains("手机停机", StringComparison.Ordinal));

        await EraseAsync(education, Guid.Parse(pupil));
        Assert.Equal((DropoutStep.Ended, "Erased", ""), ((await office.CaseAsync("核对个案")).Step, (await office.CaseAsync()).EndedBecause, (await office.CaseAsync("核对个案")).Steps[0].Note));
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(async () => await office.Client.GetWrittenReportAsync(new() { PupilId = pupil, Purpose = "研究劝返" }, office.Town))).StatusCode);
        var refused = await Assert.ThrowsAsync<RpcException>(() => office.StepAsync((c, r) => c.RecordReturnAsync(r, office.County)));
        Assert.Equal((StatusCode.FailedPrecondition, "the pupil's data was erased"), (refused.StatusCode, refused.Status.Detail));
        Assert.Empty(await office.OwedAsync());
        Assert.DoesNotContain(education.Logs.Lines, line => line.Contains("李小禾", StringComparison.Ordinal) || line.Contains("手机停机", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_go_page_by_page_the_longest_first_and_by_step()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.TellAsync(Spring());
        await feed.EnrolAsync([.. Enumerable.Range(1, 5).Select(i => feed.Enrolled($"L{i}"))]);
        await feed.PushAsync(feed.Call("2026-05-08", Absent("L1"), Absent("L2")));
        await feed.PushAsync(feed.Call("2026-05-09", Absent("L1"), Absent("L2"), Absent("L3"), Absent("L4")), feed.Call("2026-05-11", Absent("L1"), Absent("L2"), Absent("L3"), Absent("L4"), Absent("L5")));
        var office = new DropoutOffice(education, clock, "");
        var (seen, token) = (new List<DropoutCase>(), "");
        do
        {
            var page = await office.Client.ListDropoutCasesAsync(new() { DivisionCode = Places.County, PageSize = 2, PageToken = token }, office.County);
            seen.AddRange(page.Cases);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(["2026-05-09", "2026-05-09", "2026-05-11", "2026-05-11", "2026-05-11"], seen.Select(c => c.Since));
        Assert.Equal(5, seen.Select(c => c.PupilId).Distinct().Count());
        Assert.Equal(2, (await office.Client.ListDropoutCasesAsync(new() { DivisionCode = Places.Matian, Step = DropoutStep.DropoutSuspected }, office.County)).Cases.Count);
        Assert.Empty((await office.Client.ListDropoutCasesAsync(new() { DivisionCode = Places.Neighbour }, office.County)).Cases);
        foreach (var wrong in (ListDropoutCasesRequest[])[new() { DivisionCode = Places.County, PageToken = "x" }, new() { DivisionCode = Places.County, PageSize = 201 }])
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await office.Client.ListDropoutCasesAsync(wrong, office.County))).StatusCode);
    }

    private async Task<(SchoolFeed Feed, DropoutOffice Office, string Pupil)> SuspectedAsync(RunningEducation education)
    {
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        await feed.TellAsync(Spring());
        await feed.PushAsync([.. ThreeDays.Select(d => feed.Call(d, Absent("L1")))]);
        return (feed, new(education, clock, pupil), pupil);
    }

    private static async Task ReportedAsync(DropoutOffice office, string pupil)
    {
        await office.DoAsync((c, v) => c.RecordContactAsync(new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-05-11", Outcome = ContactOutcome.NotReached, Note = "手机停机", ExpectedVersion = v }, office.School));
        await office.DoAsync((c, v) => c.RecordHomeVisitAsync(new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-05-12", Outcome = HomeVisitOutcome.Unreachable, ExpectedVersion = v }, office.School));
        await office.StepAsync((c, r) => c.RegisterDropoutAsync(r, office.School));
        await office.StepAsync((c, r) => c.StartPersuasionAsync(r, office.School));
        await office.StepAsync((c, r) => c.RecordPersuasionFailedAsync(r, office.School), "查无下落");
        await office.DoAsync((c, v) => c.FileWrittenReportAsync(new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-05-12", DocumentNo = "白小报〔2026〕1号", SchoolName = "白露塘镇中心小学", ExpectedVersion = v }, office.School));
    }

    /// <summary>As Registry's page would tell it.</summary>
    private static Task EraseAsync(RunningEducation education, Guid pupil)
    {
        var fact = new PersonalDataErased(Guid.NewGuid(), [pupil]);
        var handler = ActivatorUtilities.CreateInstance<ErasePupils>(education.Service<IServiceProvider>());
        var told = new Contracts.PagedEvent(1, Guid.NewGuid(), fact.ChildId, 1, fact.ChildId, "personal_data_erased", new(2026, 5, 12, 0, 0, 0, TimeSpan.Zero), new(2026, 5, 12), null, null,
            System.Text.Json.JsonSerializer.Serialize(fact, EventTypes.Json));
        return education.Service<EventStore>().RunAsync(work => handler.HandleAsync(work, [told], TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
