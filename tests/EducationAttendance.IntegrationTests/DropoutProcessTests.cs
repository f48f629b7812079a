using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>
/// The whole process under a frozen clock, from the first absence before the holiday of 1 May over the make-up Saturday of 9 May and the holiday of 19 June to
/// legal measures and the return; and a relapse after the vacation.
/// </summary>
public sealed class DropoutProcessTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 29, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task The_whole_process_runs_with_every_breach_and_escalation_at_its_hour()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        await feed.TellAsync(Spring());
        var office = new DropoutOffice(education, clock, pupil);
        var brought = new List<string>();
        // The second before nothing was brought, and with the hour this was.
        async Task BringsAsync(string hour, params string[] what)
        {
            await office.ItIsAsync(DateTimeOffset.Parse(hour + "+08:00", null).AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss", null));
            Assert.Equal(brought, await office.BroughtAsync());
            await office.ItIsAsync(hour);
            brought.AddRange(what);
            Assert.Equal(brought, await office.BroughtAsync());
        }

        await office.ItIsAsync("2026-04-30T09:00:00");
        await feed.PushAsync(feed.Call("2026-04-30", Absent("L1")));
        Assert.Equal(DropoutStep.UnexcusedAbsenceDetected, (await office.CaseAsync()).Step);
        Assert.Equal(["contactGuardian 05-07 00:00 Education"], await office.OwedAsync());
        await office.ItIsAsync("2026-05-06T09:00:00");
        await feed.PushAsync(feed.Call("2026-05-06", Absent("L1")));
        await BringsAsync("2026-05-07T00:00:00", "breached contactGuardian 05-07 00:00");
        await office.ItIsAsync("2026-05-07T09:00:00");
        await feed.PushAsync(feed.Call("2026-05-07", Absent("L1")));
        Assert.Equal(DropoutStep.DropoutSuspected, (await office.CaseAsync()).Step);
        Assert.Equal(["contactGuardian 05-07 00:00 Education", "homeVisit 05-09 00:00 Education", "registerDropout 05-12 00:00 Education"], await office.OwedAsync());
        await BringsAsync("2026-05-08T00:00:00", "escalated contactGuardian 05-08 00:00 Town");

        await office.ItIsAsync("2026-05-08T10:00:00");
        Assert.Equal(DropoutStep.DropoutSuspected, await office.DoAsync((c, v) => c.RecordContactAsync(
            new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = office.Today, Outcome = ContactOutcome.Reached, Note = "祖母接电话", ExpectedVersion = v }, office.School)));
        await BringsAsync("2026-05-09T00:00:00", "breached homeVisit 05-09 00:00");
        await BringsAsync("2026-05-10T00:00:00", "escalated homeVisit 05-10 00:00 Town");
        await office.ItIsAsync("2026-05-11T10:00:00");
        await office.DoAsync((c, v) => c.RecordHomeVisitAsync(
            new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = office.Today, Outcome = HomeVisitOutcome.GuardianMet, ExpectedVersion = v }, office.School));
        // The school days after 7 May are 8, 9 (a Saturday that is worked) and 11 May.
        await BringsAsync("2026-05-12T00:00:00", "breached registerDropout 05-12 00:00");
        await BringsAsync("2026-05-13T00:00:00", "escalated registerDropout 05-13 00:00 Town");

        await office.ItIsAsync("2026-05-13T09:00:00");
        Assert.Equal(DropoutStep.DropoutRegistered, await office.StepAsync((c, r) => c.RegisterDropoutAsync(r, office.School)));
        Assert.Equal(["startPersuasion 05-19 00:00 Education"], await office.OwedAsync());
        await office.ItIsAsync("2026-05-18T09:00:00");
        Assert.Equal(DropoutStep.PersuasionStarted, await office.StepAsync((c, r) => c.StartPersuasionAsync(r, office.School)));
        Assert.Equal(["persuade 06-02 00:00 Education"], await office.OwedAsync());
        await office.ItIsAsync("2026-06-01T23:00:00");
        Assert.Equal(DropoutStep.PersuasionFailed, await office.StepAsync((c, r) => c.RecordPersuasionFailedAsync(r, office.School), "随父亲外出打工"));
        Assert.Equal(["writtenReport 06-05 00:00 Education"], await office.OwedAsync());
        await BringsAsync("2026-06-05T00:00:00", "breached writtenReport 06-05 00:00");
        await office.ItIsAsync("2026-06-05T09:00:00");
        Assert.Equal(DropoutStep.WrittenReportFiled, await office.DoAsync((c, v) => c.FileWrittenReportAsync(
            new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = office.Today, DocumentNo = "白小报〔2026〕1号", SchoolName = "白露塘镇中心小学", ExpectedVersion = v }, office.School)));
        Assert.Equal(["townPersuasion 06-13 00:00 CivilAffairs"], await office.OwedAsync());

        await BringsAsync("2026-06-13T00:00:00", "breached townPersuasion 06-13 00:00");
        await BringsAsync("2026-06-14T00:00:00", "escalated townPersuasion 06-14 00:00 County");
        await office.ItIsAsync("2026-06-15T09:00:00");
        Assert.Equal(DropoutStep.TownPersuasion, await office.StepAsync((c, r) => c.RecordTownPersuasionAsync(r, office.Town), "镇干部入户劝返"));
        // 19 June is off.
        Assert.Equal(["orderAttendance 06-24 00:00 Education"], await office.OwedAsync());
        await BringsAsync("2026-06-24T00:00:00", "breached orderAttendance 06-24 00:00");
        await office.ItIsAsync("2026-06-24T09:00:00");
        Assert.Equal(DropoutStep.AttendanceOrdered, await office.DoAsync((c, v) => c.OrderAttendanceAsync(
            new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = office.Today, DocumentNo = "苏教令〔2026〕3号", ReturnBy = "2026-06-30", ExpectedVersion = v }, office.County)));
        Assert.Equal(["legalMeasures 07-08 00:00 Education", "returnByOrder 07-01 00:00 Education"], await office.OwedAsync());
        await BringsAsync("2026-07-01T00:00:00", "breached returnByOrder 07-01 00:00");
        await BringsAsync("2026-07-02T00:00:00", "escalated returnByOrder 07-02 00:00 City");
        await office.ItIsAsync("2026-07-02T09:00:00");
        Assert.Equal(DropoutStep.LegalMeasures, await office.DoAsync((c, v) => c.RecordLegalMeasuresAsync(
            new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = office.Today, Measure = LegalMeasure.Reprimand, DocumentNo = "苏教罚〔2026〕1号", ExpectedVersion = v }, office.County)));
        Assert.Equal(["bringBack 07-31 00:00 Education"], await office.OwedAsync());

        await office.ItIsAsync("2026-07-03T09:00:00");
        await feed.PushAsync(feed.Call("2026-07-03"));
        var back = await office.CaseAsync();
        Assert.Equal((DropoutStep.Returned, "2026-07-03", ""), (back.Step, back.Since, back.MonitoredUntil));
        Assert.Empty(await office.OwedAsync());
        Assert.Equal(brought, await office.BroughtAsync());
        Assert.Equal(["contactGuardian Late", "homeVisit Late", "registerDropout Late", "startPersuasion", "persuade", "writtenReport Late", "townPersuasion Late", "orderAttendance Late",
            "legalMeasures", "bringBack"], await DoneAsync(education, pupil));

        await feed.TellAsync(new Term { Name = "2026-2027-1", From = "2026-09-01", Until = "2027-01-20" }, 1);
        Assert.Equal("2026-10-16", (await office.CaseAsync()).MonitoredUntil);
        await office.ItIsAsync("2026-09-01T09:00:00");
        await feed.PushAsync(feed.Call("2026-09-01", Absent("L1")));
        var again = await office.CaseAsync();
        Assert.Equal((DropoutStep.UnexcusedAbsenceDetected, 1, "2026-09-01", 0), (again.Step, again.Relapses, again.AbsentSince, again.Steps.Count));
        Assert.Equal(["contactGuardian 09-03 00:00 Education"], await office.OwedAsync());
        await feed.PushAsync(feed.Exception("2026-09-01", Absent("L1", AttendanceCategory.Present, "")));
        again = await office.CaseAsync();
        Assert.Equal((DropoutStep.Ended, "NoLongerUnexcused"), (again.Step, again.EndedBecause));
        Assert.Empty(await office.OwedAsync());
        Assert.Equal(brought, await office.BroughtAsync());
    }

    /// <summary>Dropout duties that were fulfilled, in their order.</summary>
    private static Task<List<string>> DoneAsync(RunningEducation education, string pupil) => education.ColumnAsync("""
        select replace(data->'of'->>'kind', 'education.', '') || case when (data->>'late')::boolean then ' Late' else '' end
        from education.mt_events where type = 'obligation_fulfilled' and data->'of'->'subject'->>'id' = $1 order by seq_id
        """, pupil);
}
