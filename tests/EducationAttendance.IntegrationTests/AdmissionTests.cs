using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Registry;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>拒收, on real servers: told by a school, the county or a guardian; one refusal whoever tells it; owed by the county, settled, listed.</summary>
public sealed class AdmissionTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Whoever_tells_of_it_and_however_often_it_is_one_refusal_and_one_duty_of_the_county_until_the_child_is_admitted()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry, client) = (new SchoolFeed(education, clock), new RegistryTells(education, clock), new Protos.Education.V1.Admissions.AdmissionsClient(education.Channel));
        var (pupil, child) = ((await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId, Guid.NewGuid());
        await registry.ChildAsync(child, ChildCategory.LeftBehind);
        await registry.MatchedAsync(pupil, child);

        var first = await client.RecordAdmissionRefusedAsync(Refused(r => r.PupilId = pupil), education.AsSchool("S1"));
        Assert.Equal((1, AdmissionState.Open, RefusalToldBy.School, $"{child}", pupil), (first.Version, first.State, first.ToldBy, first.ChildId, first.PupilId));
        Assert.Equal(first, await client.RecordAdmissionRefusedAsync(Refused(r => (r.ChildId, r.Reason) = ($"{child}", RefusalReason.Other)), education.AsOfficer()));
        Assert.Equal(first, await client.RecordAdmissionRefusedAsync(Refused(r => r.PupilId = pupil), feed.AsBureau()));
        Assert.Equal(["admission_was_refused"], await education.EventsOfAsync(first.RefusalId));
        Assert.Equal(["education.admitChild 2026-05-08 Education 431003@2023"], await education.ColumnAsync(
            "select data->'of'->>'kind' || ' ' || to_char((data->'of'->>'dueAt')::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD') || ' ' || (data->'of'->>'department') || ' ' || (data->'of'->>'division') from education.mt_events where type = 'obligation_opened' and data->'of'->'subject'->>'id' = $1", first.RefusalId));

        Assert.Equal(first.RefusalId, Assert.Single((await client.ListRefusedAdmissionsAsync(new() { DivisionCode = Places.County, SchoolNo = "S9" }, education.AsOfficer())).Refusals).RefusalId);
        var settle = new SettleAdmissionRequest { RefusalId = first.RefusalId, RequestId = $"{Guid.NewGuid()}", On = "2026-04-27", Outcome = AdmissionOutcome.AdmittedElsewhere, SchoolNo = "S2", ExpectedVersion = 1 };
        var settled = await client.SettleAdmissionAsync(settle, feed.AsBureau());
        Assert.Equal((AdmissionState.Settled, "2026-04-27", "S2", 2), (settled.State, settled.SettledOn, settled.AdmittedBy, settled.Version));
        Assert.Equal(settled, await client.SettleAdmissionAsync(settle, feed.AsBureau()));
        Assert.Equal(settled, await client.GetRefusedAdmissionAsync(new() { RefusalId = first.RefusalId }, education.AsOfficer()));
        Assert.Empty((await client.ListRefusedAdmissionsAsync(new() { DivisionCode = Places.County }, education.AsOfficer())).Refusals);
        Assert.Single((await client.ListRefusedAdmissionsAsync(new() { DivisionCode = Places.County, State = AdmissionState.Settled }, education.AsOfficer())).Refusals);
        Assert.Equal(["obligation_fulfilled"], await DutyAsync(education, first.RefusalId));
    }

    [Fact]
    public async Task What_was_no_refusal_is_let_go_and_lists_go_page_by_page()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry, client) = (new SchoolFeed(education, clock), new RegistryTells(education, clock), new Protos.Education.V1.Admissions.AdmissionsClient(education.Channel));
        var refusals = new List<RefusedAdmission>();
        for (var day = 20; day < 25; day++)
        {
            var child = Guid.NewGuid();
            await registry.ChildAsync(child, ChildCategory.None);
            refusals.Add(await client.RecordAdmissionRefusedAsync(Refused(r => (r.ChildId, r.RefusedOn) = ($"{child}", $"2026-04-{day}")), education.AsOfficer(Places.Matian)));
        }
        await client.SettleAdmissionAsync(
            new() { RefusalId = refusals[0].RefusalId, RequestId = $"{Guid.NewGuid()}", On = "2026-04-27", Outcome = AdmissionOutcome.NoRefusal, ExpectedVersion = 1 }, feed.AsBureau());
        Assert.Equal(["obligation_waived"], await DutyAsync(education, refusals[0].RefusalId));
        var (seen, token) = (new List<string>(), "");
        do
        {
            var page = await client.ListRefusedAdmissionsAsync(new() { DivisionCode = Places.Matian, PageSize = 3, PageToken = token }, feed.AsBureau());
            seen.AddRange(page.Refusals.Select(r => r.RefusalId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(refusals.Skip(1).Select(r => r.RefusalId), seen);
    }

    [Fact]
    public async Task What_cannot_be_recorded_says_why_and_no_school_meets_it()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry, client) = (new SchoolFeed(education, clock), new RegistryTells(education, clock), new Protos.Education.V1.Admissions.AdmissionsClient(education.Channel));
        var pupils = (await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"))).ConvertAll(v => v.SubjectId);
        var child = Guid.NewGuid();
        await registry.TellAsync((child, new PersonalDataErased(child, [Guid.Parse(pupils[1])])));
        async Task<StatusCode> RecordAsync(Action<RecordAdmissionRefusedRequest> change, CallOptions caller) =>
            (await Assert.ThrowsAsync<RpcException>(async () => await client.RecordAdmissionRefusedAsync(Refused(change), caller))).StatusCode;
        foreach (var wrong in (Action<RecordAdmissionRefusedRequest>[])
        [
            r => r.PupilId = "", r => r.ChildId = $"{child}", r => r.PupilId = "1", r => r.RequestId = "", r => r.SchoolNo = "", r => r.SchoolNo = new('9', 65), r => r.SchoolNo = "13812345678",
            r => r.DivisionCode = Places.County, r => r.DivisionCode = "999999999999", r => r.RefusedOn = "2026-04-28", r => r.RefusedOn = "2024-04-26", r => r.RefusedOn = "27.4.", r => r.Reason = default,
        ])
            Assert.Equal(StatusCode.InvalidArgument, await RecordAsync(r => { r.PupilId = pupils[0]; wrong(r); }, feed.AsBureau()));
        Assert.Equal(StatusCode.InvalidArgument, await RecordAsync(r => r.ChildId = $"{child}", education.AsSchool("S1")));
        Assert.Equal(StatusCode.NotFound, await RecordAsync(r => r.ChildId = $"{Guid.NewGuid()}", feed.AsBureau()));
        Assert.Equal(StatusCode.NotFound, await RecordAsync(r => r.PupilId = $"{Guid.NewGuid()}", feed.AsBureau()));
        Assert.Equal(StatusCode.NotFound, await RecordAsync(r => r.PupilId = pupils[0], feed.AsBureau(Places.NextCounty)));
        Assert.Equal(StatusCode.NotFound, await RecordAsync(r => r.PupilId = pupils[0], education.AsSchool("S9")));
        Assert.Equal(StatusCode.FailedPrecondition, await RecordAsync(r => r.PupilId = pupils[1], feed.AsBureau()));
        Assert.Equal(StatusCode.PermissionDenied, await RecordAsync(r => r.PupilId = pupils[0], education.AsOfficer(Places.County, Department.Police)));

        var refusal = await client.RecordAdmissionRefusedAsync(Refused(r => r.PupilId = pupils[0]), feed.AsBureau());
        async Task<StatusCode> SettleAsync(Action<SettleAdmissionRequest> change, CallOptions caller)
        {
            var request = new SettleAdmissionRequest { RefusalId = refusal.RefusalId, RequestId = $"{Guid.NewGuid()}", On = "2026-04-27", Outcome = AdmissionOutcome.AdmittedThere, ExpectedVersion = 1 };
            change(request);
            return (await Assert.ThrowsAsync<RpcException>(async () => await client.SettleAdmissionAsync(request, caller))).StatusCode;
        }
        foreach (var wrong in (Action<SettleAdmissionRequest>[])
            [r => r.On = "2026-04-28", r => r.Outcome = default, r => r.SchoolNo = "S2", r => r.Outcome = AdmissionOutcome.AdmittedElsewhere, r => r.RefusalId = "1"])
            Assert.Equal(StatusCode.InvalidArgument, await SettleAsync(wrong, feed.AsBureau()));
        Assert.Equal(StatusCode.FailedPrecondition, await SettleAsync(r => r.On = "2026-04-01", feed.AsBureau()));
        Assert.Equal(StatusCode.Aborted, await SettleAsync(r => r.ExpectedVersion = 2, feed.AsBureau()));
        Assert.Equal(StatusCode.NotFound, await SettleAsync(r => r.RefusalId = $"{Guid.NewGuid()}", feed.AsBureau()));
        Assert.Equal(StatusCode.NotFound, await SettleAsync(_ => { }, feed.AsBureau(Places.NextCounty)));
        Assert.Equal(StatusCode.PermissionDenied, await SettleAsync(_ => { }, education.AsOfficer()));
        foreach (var school in new[] { "S1", "S9" })
        {
            Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () => await client.GetRefusedAdmissionAsync(new() { RefusalId = refusal.RefusalId }, education.AsSchool(school)))).StatusCode);
            Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () => await client.ListRefusedAdmissionsAsync(new() { DivisionCode = Places.County }, education.AsSchool(school)))).StatusCode);
        }
    }

    /// <summary>A refusal by the school S9 of the village.</summary>
    private static RecordAdmissionRefusedRequest Refused(Action<RecordAdmissionRefusedRequest> change)
    {
        var request = new RecordAdmissionRefusedRequest { RequestId = $"{Guid.NewGuid()}", SchoolNo = "S9", DivisionCode = Places.Matian, RefusedOn = "2026-04-24", Reason = RefusalReason.NoPlaces };
        change(request);
        return request;
    }

    private static Task<List<string>> DutyAsync(RunningEducation education, string refusal) => education.ColumnAsync(
        "select type from education.mt_events where data->'of'->'subject'->>'id' = $1 and type <> 'obligation_opened' order by seq_id", refusal);
}
