using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Registry;
using LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.IntegrationTests;

/// <summary>Each command against the unknown, the closed, a stale version, another division, a wrong role and a repeat; and what is sealed.</summary>
public sealed class CourtCallsTests(RunningCases cases)
{
    [Fact]
    public async Task Every_command_and_answer_is_for_who_meets_the_case_and_on_the_version_that_was_seen()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.Abuse);
        var item = (await office.EvidenceAsync(Limb.SevereHarm)).Evidence[0].EvidenceId;
        var stranger = cases.As(Department.Police, "police-2");
        foreach (var call in Calls(office, item))
        {
            foreach (var caller in new[] { cases.AsOfficer(Places.NextCounty), stranger })
                Assert.True(await StatusAsync(call, caller, office) is StatusCode.NotFound or StatusCode.PermissionDenied, call.Name);
            Assert.Equal(StatusCode.NotFound, await StatusAsync(call with { Send = (caller, _, version) => call.Send(caller, Guid.NewGuid().ToString(), version) }, office.County, office));
            Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(call with { Send = (caller, _, version) => call.Send(caller, "none", version) }, office.County, office));
            Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(call, cases.As(Department.CivilAffairs, "town", Places.Village[..9], Role.TownOfficer), office));
            Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(call, cases.As(Department.Education, "edu"), office));
            if (call.Changes)
                Assert.Equal(StatusCode.Aborted, await StatusAsync(call with { Send = (caller, id, version) => call.Send(caller, id, version - 1) }, office.County, office));
        }
        Assert.Equal(office.Version, (await office.ReadAsync()).Version);
    }

    [Fact]
    public async Task A_case_is_met_by_the_account_it_is_assigned_to_which_records_what_is_its_departments()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.Abuse);
        var assigned = await cases.Court.AssignCaseAsync(new() { CaseId = office.Id, ExpectedVersion = office.Version, Account = "police-7", Department = AssignedDepartment.Police }, office.County);
        Assert.Equal("police-7", Assert.Single(assigned.Assignees).Account);
        Assert.Equal(assigned, await cases.Court.AssignCaseAsync(new() { CaseId = office.Id, ExpectedVersion = 1, Account = "police-7", Department = AssignedDepartment.Police }, office.County));
        var (mine, namesake) = (cases.As(Department.Police, "police-7"), cases.As(Department.Justice, "police-7"));
        Assert.Equal(assigned, await cases.Client.GetCaseAsync(new() { CaseId = office.Id }, mine));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => cases.Client.GetCaseAsync(new() { CaseId = office.Id }, namesake)));

        await office.ReadAsync();
        await office.ActAsync(CourtAct.OrderApplied, caller: mine);
        // The police record no act of a court; the court's liaison does, once the case is assigned to it.
        Assert.Equal(StatusCode.PermissionDenied, (await office.RefusedAsync(CourtAct.OrderRefused, caller: mine)).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await office.RefusedAsync(CourtAct.OrderLapsed)).StatusCode);
        var liaison = cases.As(Department.Justice, "court-1", role: Role.CourtLiaison);
        Assert.Equal(StatusCode.NotFound, (await office.RefusedAsync(CourtAct.OrderRefused, caller: liaison)).StatusCode);
        await cases.Court.AssignCaseAsync(new() { CaseId = office.Id, ExpectedVersion = office.Version, Account = "court-1", Department = AssignedDepartment.Justice }, office.County);
        await office.ReadAsync();
        Assert.Equal(OrderState.Refused, (await office.ActAsync(CourtAct.OrderRefused, caller: liaison)).Order);
        // Whom it is not assigned to any more meets it no longer.
        await cases.Court.AssignCaseAsync(new() { CaseId = office.Id, ExpectedVersion = office.Version, Account = "police-8", Department = AssignedDepartment.Police }, office.County);
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => cases.Client.GetCaseAsync(new() { CaseId = office.Id }, mine)));
    }

    [Fact]
    public async Task A_repeat_is_answered_as_it_is_whatever_version_it_expects()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.Abuse);
        var evidence = office.Item(Limb.SevereHarm, "2026-08-01T08:00:00+08:00", "左臂骨折");
        var recorded = await cases.Court.RecordEvidenceAsync(evidence, office.County);
        Assert.Equal(recorded, await cases.Court.RecordEvidenceAsync(evidence, office.County));
        await office.ReadAsync();
        var applied = office.Request(CourtAct.OrderApplied);
        var after = await cases.Court.RecordCourtActAsync(applied, office.County);
        Assert.Equal(after, await cases.Court.RecordCourtActAsync(applied, office.County));
        Assert.Equal(after, await cases.Court.RecordCourtActAsync(new(applied) { RequestId = $"{Guid.NewGuid()}" }, office.County));
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => cases.Court.RecordCourtActAsync(new(applied) { Urgent = true }, office.County)));
        Assert.Equal(["opened decideOrder"], (await office.DutiesAsync()).Where(d => d.Contains("decideOrder", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_closed_case_takes_no_more_and_new_conduct_opens_another()
    {
        var office = await CaseOffice.OpenAsync(cases, respondent: Respondent.EntrustedCarer);
        var closed = await office.ActAsync(CourtAct.CarerFoundUnfit);
        Assert.Equal(CaseState.Closed, closed.State);
        foreach (var act in new[] { CourtAct.OrderApplied, CourtAct.CaseClosed, CourtAct.CarerFoundUnfit })
            Assert.Equal(StatusCode.FailedPrecondition, (await office.RefusedAsync(act)).StatusCode);
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => cases.Court.RecordEvidenceAsync(office.Item(Limb.Destitute, "2026-08-01T08:00:00+08:00"), office.County)));
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => cases.Court.AssignCaseAsync(
            new() { CaseId = office.Id, ExpectedVersion = office.Version, Account = "p", Department = AssignedDepartment.Police }, office.County)));

        var again = new RecordConductRequest
        {
            RequestId = $"{Guid.NewGuid()}", ChildId = $"{office.Child}", Respondent = Respondent.EntrustedCarer, Conduct = Conduct.Abuse, Act = InterventionAct.Admonition,
            Organ = "苏仙公安分局", DocumentNo = "再1号", OccurredAt = "2026-08-01T08:00:00+08:00",
        };
        var opened = await cases.Client.RecordConductAsync(again, office.County);
        Assert.NotEqual(closed.CaseId, opened.CaseId);
        Assert.Equal(opened, await cases.Client.RecordConductAsync(again, office.County));
        // Both follow the child.
        await cases.TellAsync((office.Child, 2, Places.NextVillage));
        foreach (var id in new[] { closed.CaseId, opened.CaseId })
            Assert.Equal(Places.NextVillage, (await cases.Client.GetCaseAsync(new() { CaseId = id }, cases.AsOfficer(Places.NextCounty))).DivisionCode);
    }

    [Theory]
    [InlineData("until", CourtAct.OrderGranted, "")]
    [InlineData("until", CourtAct.OrderGranted, "2026-13-01")]
    [InlineData("until", CourtAct.OrderApplied, "2026-10-01")]
    [InlineData("petitioner", CourtAct.PetitionFiled, "")]
    [InlineData("act", CourtAct.Unspecified, "")]
    public async Task A_field_that_cannot_be_read_is_named(string field, CourtAct act, string until)
    {
        var office = await CaseOffice.OpenAsync(cases);
        var refused = await office.RefusedAsync(act, r => { r.Until = until; r.Petitioner = Petitioner.Unspecified; });
        Assert.Equal((StatusCode.InvalidArgument, true), (refused.StatusCode, refused.Detail.StartsWith(field + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bad_input_is_refused_by_the_article()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.Abuse);
        await office.EvidenceAsync(Limb.SevereHarm);
        await office.ActAsync(CourtAct.OrderApplied);
        await RefusesAsync("反家庭暴力法 §30", () => office.RefusedAsync(CourtAct.OrderGranted, r => r.Until = office.Day(200)));
        await RefusesAsync("民法典 §36", () => office.RefusedAsync(CourtAct.PetitionFiled, r => { r.Petitioner = Petitioner.OtherIndividual; r.Pleaded.Add(PetitionGround.G1); }));
        await office.ActAsync(CourtAct.PetitionFiled, r => r.Pleaded.Add(PetitionGround.G1));
        await RefusesAsync("民法典 §36", () => office.RefusedAsync(CourtAct.GuardianshipRevoked));
        cases.Clock.Advance(TimeSpan.FromMinutes(2));
        await RefusesAsync("民法典 §36", async () => (await Assert.ThrowsAsync<RpcException>(async () => await cases.Court.RecordEvidenceAsync(
            office.Item(Limb.SevereHarm, cases.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)), office.County))).Status);
    }

    [Fact]
    public async Task What_evidence_tells_in_words_is_sealed_read_for_a_purpose_and_erased_with_the_child()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.Abuse);
        await office.EvidenceAsync(Limb.SevereHarm, description: "左臂骨折，验伤单\n第二行");
        Assert.Empty(await cases.ColumnAsync("select type from guardianship.mt_events where data::text like '%骨折%'"));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => cases.Court.GetCaseFileAsync(new() { CaseId = office.Id, Purpose = "x" }, office.County)));
        var file = await FileAsync();
        Assert.Contains("左臂骨折，验伤单\n第二行", file.Entries.Select(e => e.Description));
        Assert.Contains("左臂骨折", file.Text, StringComparison.Ordinal);
        var read = Assert.Single((await cases.Reads.ListReadsAsync(new() { DivisionCode = Places.County, SubjectId = office.Child.ToString() }, office.County)).Reads);
        Assert.Equal(("officer-431003", "法院调取", "case-file", office.Id), (read.Reader, read.Purpose, read.What, read.SubjectIds[0]));

        var erased = (office.Child, 2L, "personal_data_erased", (object)new PersonalDataErased(office.Child, []));
        await cases.TellAsync(erased);
        await cases.TellAsync(erased);
        Assert.Single(await office.EventsAsync(), "evidence_texts_erased");
        file = await FileAsync();
        Assert.Equal((2, true), (file.Entries.Count, file.Entries.All(e => e.Description.Length == 0)));
        Assert.DoesNotContain("骨折", file.Text, StringComparison.Ordinal);

        async Task<CaseFile> FileAsync() => await cases.Court.GetCaseFileAsync(new() { CaseId = office.Id, Purpose = "法院调取" }, office.County);
    }

    private static async Task RefusesAsync(string article, Func<Task<Status>> call)
    {
        var refused = await call();
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Contains(article, refused.Detail, StringComparison.Ordinal);
    }

    private sealed record Call(string Name, bool Changes, Func<CallOptions, string, long, Task> Send);

    private IEnumerable<Call> Calls(CaseOffice office, string item) =>
    [
        new("AssignCase", true, async (caller, id, version) => await cases.Court.AssignCaseAsync(
            new() { CaseId = id, ExpectedVersion = version, Account = "p", Department = AssignedDepartment.Police }, caller)),
        new("RecordCourtAct", true, async (caller, id, version) => await cases.Court.RecordCourtActAsync(office.Request(CourtAct.OrderApplied, r => (r.CaseId, r.ExpectedVersion) = (id, version)), caller)),
        new("RecordEvidence", true, async (caller, id, version) => await cases.Court.RecordEvidenceAsync(
            new(office.Item(Limb.Destitute, "2026-08-01T08:00:00+08:00", "无住处")) { CaseId = id, ExpectedVersion = version }, caller)),
        new("DisputeEvidence", true, async (caller, id, version) => await cases.Court.DisputeEvidenceAsync(
            new() { CaseId = id, ExpectedVersion = version, EvidenceId = item, Disputed = true }, caller)),
        new("GetPetitionGrounds", false, async (caller, id, _) => await cases.Court.GetPetitionGroundsAsync(new() { CaseId = id }, caller)),
        new("GetCaseFile", false, async (caller, id, _) => await cases.Court.GetCaseFileAsync(new() { CaseId = id, Purpose = "法院调取" }, caller)),
        new("GetCase", false, async (caller, id, _) => await cases.Client.GetCaseAsync(new() { CaseId = id }, caller)),
    ];

    private static async Task<StatusCode> StatusAsync(Call call, CallOptions caller, CaseOffice office)
    {
        try
        {
            await call.Send(caller, office.Id, office.Version);
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private static async Task<StatusCode> StatusAsync<T>(Func<AsyncUnaryCall<T>> call) => (await Assert.ThrowsAsync<RpcException>(async () => await call())).StatusCode;
}
