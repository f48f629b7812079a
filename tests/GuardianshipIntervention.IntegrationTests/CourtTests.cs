using Grpc.Core;
using LeftBehind.Protos.Guardianship.V1;
using UglyToad.PdfPig;

namespace LeftBehind.GuardianshipIntervention.IntegrationTests;

/// <summary>A case from education to a new guardian, with the clocks that the law sets, on real servers.</summary>
public sealed class CourtTests(RunningCases cases)
{
    [Fact]
    public async Task Of_begging_a_petition_is_refused_after_two_education_acts_and_taken_after_three()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.ExploitedForBegging, act: InterventionAct.Admonition);
        await office.StepAsync(Conduct.ExploitedForBegging, InterventionAct.Admonition, "2026-04-01T08:00:00+08:00");
        await office.EvidenceAsync(Limb.CorrectionRefused);
        await office.EvidenceAsync(Limb.LifeAndStudyAffected);
        var answer = await office.GroundsAsync();
        Assert.False(answer.MayBeFiled);
        Assert.Equal((LimbState.Missing, 2, 3), Limb5(answer));
        var refused = await office.RefusedAsync(CourtAct.PetitionFiled, r => r.Pleaded.Add(PetitionGround.G5));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Contains("民法典 §36", refused.Detail, StringComparison.Ordinal);

        await office.StepAsync(Conduct.ExploitedForBegging, InterventionAct.Reprimand, "2026-05-01T08:00:00+08:00", OrganKind.ReliefBody);
        answer = await office.GroundsAsync();
        Assert.True(answer.MayBeFiled && answer.Barred.Length == 0);
        Assert.Equal((LimbState.Shown, 3, 3), Limb5(answer));
        Assert.Equal(CaseState.PetitionFiled, (await office.ActAsync(CourtAct.PetitionFiled, r => r.Pleaded.Add(PetitionGround.G5))).State);
        // Nobody had petitioned yet: it was for others first, then for civil affairs, and now for the court.
        Assert.Equal(["opened civilAffairsPetition", "fulfilled civilAffairsPetition", "opened judgePetition"], await office.DutiesAsync());
        Assert.False((await office.GroundsAsync()).MayBeFiled);
    }

    [Fact]
    public async Task An_urgent_order_undecided_at_hour_25_is_a_breach_and_brought_before_the_city()
    {
        var (office, ordinary) = (await CaseOffice.OpenAsync(cases), await CaseOffice.OpenAsync(cases));
        await office.ActAsync(CourtAct.OrderApplied, r => r.Urgent = true);
        await ordinary.ActAsync(CourtAct.OrderApplied);
        await cases.PassAsync(TimeSpan.FromHours(25));
        Assert.Equal(["opened decideOrder", "breached decideOrder", "escalated decideOrder City"], await office.DutiesAsync());
        var late = Assert.Single((await cases.Obligations.ListObligationsAsync(new() { DivisionCode = Places.County, Kind = "guardianship.decideOrder" }, office.County)).Obligations,
            o => o.SubjectId == office.Id);
        Assert.Equal("Law", $"{late.Basis}");
        Assert.Contains("反家庭暴力法 §28", late.Citation, StringComparison.Ordinal);
        Assert.Equal(["opened decideOrder"], await ordinary.DutiesAsync());

        await cases.PassAsync(TimeSpan.FromHours(46));
        await ordinary.ActAsync(CourtAct.OrderGranted, r => r.Until = office.Day(30));
        await office.ActAsync(CourtAct.OrderRefused);
        Assert.Equal(["opened decideOrder", "fulfilled decideOrder"], await ordinary.DutiesAsync());
        Assert.Equal("fulfilled decideOrder", (await office.DutiesAsync())[^1]);
        var file = await cases.Court.GetCaseFileAsync(new() { CaseId = office.Id, Purpose = "上级督查" }, office.County);
        Assert.True(Assert.Single(file.Clocks).Late);
    }

    /// <summary>Needs the font that Debian's fonts-wqy-microhei installs, as ./lb does.</summary>
    [Fact]
    public async Task The_case_file_is_one_document_whose_pages_are_read_back_with_evidence_clocks_and_citations()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.Abuse);
        await office.EvidenceAsync(Limb.SevereHarm, description: "左臂骨折，验伤单");
        await office.ActAsync(CourtAct.OrderApplied, r => r.Urgent = true);
        var file = await cases.Court.GetCaseFileAsync(new() { CaseId = office.Id, Purpose = "法院调取" }, office.County);
        using var pdf = PdfDocument.Open(file.Pdf.ToByteArray());
        var read = string.Concat(pdf.GetPages().SelectMany(p => p.Letters).Select(l => l.Value));
        Assert.Equal("监护干预案卷", pdf.Information.Title);
        Assert.Equal(file.Text.Replace("\n", "", StringComparison.Ordinal), read);
        Assert.Contains("左臂骨折，验伤单", read, StringComparison.Ordinal);
        Assert.Contains("对人身安全保护令申请作出裁定：自", read, StringComparison.Ordinal);
        Assert.Contains("反家庭暴力法 §28", read, StringComparison.Ordinal);
        Assert.All(file.Entries, entry => Assert.Contains(entry.DocumentNo, read, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_parent_goes_on_paying_and_is_not_restored_after_a_crime_against_the_child()
    {
        var office = await HarmedAsync();
        await office.ActAsync(CourtAct.PetitionFiled, r => r.Pleaded.Add(PetitionGround.G1));
        var unnamed = await office.RefusedAsync(CourtAct.GuardianshipRevoked);
        Assert.Equal((StatusCode.FailedPrecondition, true), (unnamed.StatusCode, unnamed.Detail.Contains("民法典 §36", StringComparison.Ordinal)));

        var judged = await office.ActAsync(CourtAct.GuardianshipRevoked, r => r.Guardian = DesignatedGuardian.Grandparents);
        Assert.Equal((CaseState.Judged, DesignatedGuardian.Grandparents, true, false), (judged.State, judged.Guardian, judged.SupportDutyContinues, judged.RestorationBarred));
        Assert.True((await office.ActAsync(CourtAct.CrimeConvicted)).RestorationBarred);
        var barred = await office.RefusedAsync(CourtAct.RestorationPetitioned);
        Assert.Equal((StatusCode.FailedPrecondition, true), (barred.StatusCode, barred.Detail.Contains("民法典 §38", StringComparison.Ordinal)));
        Assert.Equal(CaseState.Judged, (await office.ReadAsync()).State);
        Assert.Equal("fulfilled judgePetition", (await office.DutiesAsync())[^1]);
        Assert.Equal(["Grandparents"], await cases.ColumnAsync("select data->>'guardian' from guardianship.mt_events where type = 'guardian_named' and stream_id = $1", Guid.Parse(office.Id)));
    }

    [Fact]
    public async Task A_judgment_is_due_in_thirty_days_and_more_time_takes_their_place()
    {
        var (office, late) = (await HarmedAsync(), await HarmedAsync());
        foreach (var of in new[] { office, late })
            await of.ActAsync(CourtAct.PetitionFiled, r => r.Pleaded.Add(PetitionGround.G1));
        await office.ActAsync(CourtAct.PetitionExtended, r => r.Until = office.Day(60));
        await cases.PassAsync(TimeSpan.FromDays(45));
        Assert.DoesNotContain("breached judgePetition", await office.DutiesAsync());
        Assert.Equal(["breached judgePetition", "escalated judgePetition City"], (await late.DutiesAsync())[^2..]);
        await cases.PassAsync(TimeSpan.FromDays(17));
        Assert.Contains("breached judgePetition", await office.DutiesAsync());
        await office.ActAsync(CourtAct.PetitionDismissed);
        Assert.Equal((CaseState.Open, "fulfilled judgePetition"), ((await office.ReadAsync()).State, (await office.DutiesAsync())[^1]));
    }

    [Fact]
    public async Task Where_nobody_petitions_it_is_for_civil_affairs_and_no_longer_once_the_ground_is_gone()
    {
        var (office, gone) = (await HarmedAsync(), await HarmedAsync());
        var item = (await gone.ReadAsync()).Evidence[0].EvidenceId;
        await cases.Court.DisputeEvidenceAsync(new() { CaseId = gone.Id, ExpectedVersion = gone.Version, EvidenceId = item, Disputed = true }, gone.County);
        Assert.Equal(["opened civilAffairsPetition", "waived civilAffairsPetition"], await gone.DutiesAsync());
        await cases.PassAsync(TimeSpan.FromDays(29));
        Assert.Equal(["opened civilAffairsPetition"], await office.DutiesAsync());
        await cases.PassAsync(TimeSpan.FromDays(45));
        Assert.Equal(["at_risk civilAffairsPetition", "breached civilAffairsPetition", "escalated civilAffairsPetition City"], (await office.DutiesAsync())[1..].Order());
    }

    [Fact]
    public async Task An_order_lapses_by_the_clock_at_the_end_of_its_last_day_and_once()
    {
        var office = await CaseOffice.OpenAsync(cases);
        await office.ActAsync(CourtAct.OrderApplied);
        await office.ActAsync(CourtAct.OrderGranted, r => r.Until = office.Day(10));
        await office.ActAsync(CourtAct.OrderExtended, r => r.Until = office.Day(20));
        await cases.PassAsync(TimeSpan.FromDays(15));
        Assert.Equal(OrderState.Granted, (await office.ReadAsync()).Order);
        await cases.PassAsync(TimeSpan.FromDays(6));
        await cases.PassAsync(TimeSpan.FromDays(1));
        var lapsed = await office.ReadAsync();
        Assert.Equal((OrderState.Lapsed, 1), (lapsed.Order, lapsed.CourtActs.Count(a => a.Act is CourtAct.OrderLapsed)));
        Assert.Empty(await cases.ColumnAsync("select case_id::text from guardianship.running_order where case_id = $1", Guid.Parse(office.Id)));
    }

    [Fact]
    public async Task Care_that_is_entrusted_is_no_refusal_to_delegate_however_often_and_in_what_order_it_is_told()
    {
        var office = await CaseOffice.OpenAsync(cases);
        foreach (var limb in new[] { Limb.ViceOrIncapacity, Limb.DelegationRefused, Limb.HardshipOrDanger })
            await office.EvidenceAsync(limb);
        Assert.True((await office.GroundsAsync()).Grounds.Single(g => g.Ground is PetitionGround.G4).Shown);
        await cases.TellCareAsync((office.Child, 5, Contracts.Registry.Entrustment.Entrusted), (office.Child, 5, Contracts.Registry.Entrustment.Entrusted), (office.Child, 4, Contracts.Registry.Entrustment.None));
        await cases.TellCareAsync((office.Child, 3, Contracts.Registry.Entrustment.Unfit));
        await office.ReadAsync();
        Assert.Equal(LimbState.Missing, (await office.GroundsAsync()).Grounds.Single(g => g.Ground is PetitionGround.G4).Limbs.Single(l => l.Limb is Limb.DelegationRefused).State);
        Assert.Equal(StatusCode.FailedPrecondition, (await office.RefusedAsync(CourtAct.PetitionFiled, r => r.Pleaded.Add(PetitionGround.G4))).StatusCode);
        Assert.Single(await office.EventsAsync(), "care_followed");
        // A case that is opened later knows it from the start.
        var mother = await office.StepAsync(Conduct.DutyRefused, InterventionAct.Admonition, "2026-04-01T08:00:00+08:00", respondent: Respondent.Mother);
        Assert.Equal((3L, "care_followed"), (mother.Version, (await office.EventsAsync())[^1]));
    }

    private async Task<CaseOffice> HarmedAsync()
    {
        var office = await CaseOffice.OpenAsync(cases, Conduct.Abuse);
        await office.EvidenceAsync(Limb.SevereHarm);
        return office;
    }

    private static (LimbState, int, int) Limb5(PetitionAnswer answer)
    {
        var limb = answer.Grounds.Single(g => g.Ground is PetitionGround.G5).Limbs.Single(l => l.Limb is Limb.EducatedThreeTimes);
        return (limb.State, limb.Counted, limb.Needed);
    }
}
