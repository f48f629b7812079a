using Grpc.Core;
using LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.IntegrationTests;

/// <summary>Who opens and reads a case is asked of where the child lives, as Registry tells it, and never of the caller.</summary>
public sealed class CasesFollowTests(RunningCases cases)
{
    private readonly Guid child = Guid.NewGuid();

    [Fact]
    public async Task A_case_is_opened_only_by_the_county_in_which_the_child_lives_and_existence_is_not_disclosed()
    {
        var (here, next) = (cases.AsOfficer(Places.County), cases.AsOfficer(Places.NextCounty));
        var unknown = await RefusedAsync(Conduct(), here);
        await cases.TellAsync((child, 1, Places.Village));
        Assert.Equal(unknown, await RefusedAsync(Conduct(), next));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);

        var opened = await cases.Client.RecordConductAsync(Conduct(), here);
        Assert.Equal((Places.Village, 1), (opened.DivisionCode, opened.Steps.Count));
        Assert.Equal(unknown, await RefusedAsync(Conduct("2"), next));
        Assert.Equal(opened, await cases.Client.GetCaseAsync(new() { CaseId = opened.CaseId }, here));
        Assert.Equal(["case_opened", "step_recorded"], await EventsAsync());
    }

    [Fact]
    public async Task A_case_follows_the_child_that_moves_and_leaves_the_county_it_was_in()
    {
        var (here, next) = (cases.AsOfficer(Places.County), cases.AsOfficer(Places.NextCounty));
        await cases.TellAsync((child, 1, Places.Village));
        var opened = await cases.Client.RecordConductAsync(Conduct(), here);
        await cases.Client.RecordConductAsync(new(Conduct("m")) { Respondent = Respondent.Mother }, here);

        await cases.TellAsync((child, 2, Places.Village), (child, 3, Places.NextVillage), (child, 4, Places.NextVillage));
        Assert.Equal(StatusCode.NotFound, (await RefusedAsync(() => cases.Client.GetCaseAsync(new() { CaseId = opened.CaseId }, here))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await RefusedAsync(Conduct("3"), here)).StatusCode);
        Assert.Equal(Places.NextVillage, (await cases.Client.GetCaseAsync(new() { CaseId = opened.CaseId }, next)).DivisionCode);
        var recorded = await cases.Client.RecordConductAsync(Conduct("4"), next);
        Assert.Equal((opened.CaseId, 2), (recorded.CaseId, recorded.Steps.Count));
        // Both cases moved once, and the next step was recorded where the child lives.
        Assert.Equal(2, (await EventsAsync()).Count(e => e == "case_moved"));
        Assert.Equal([Places.Village + "@2023>" + Places.NextVillage + "@2023"], await cases.ColumnAsync(
            "select (data->>'from') || '>' || (data->'of'->>'division') from guardianship.mt_events where type = 'case_moved' and stream_id = $1", Guid.Parse(opened.CaseId)));
    }

    [Fact]
    public async Task A_version_lower_than_known_moves_nothing_and_a_page_told_twice_neither()
    {
        await cases.TellAsync((child, 1, Places.Village), (child, 5, Places.NextVillage));
        var opened = await cases.Client.RecordConductAsync(Conduct(), cases.AsOfficer(Places.NextCounty));
        await cases.TellAsync((child, 4, Places.Village), (child, 5, Places.NextVillage));
        Assert.Equal(Places.NextVillage, (await cases.Client.GetCaseAsync(new() { CaseId = opened.CaseId }, cases.AsOfficer(Places.NextCounty))).DivisionCode);
        Assert.Equal(["5"], await cases.ColumnAsync("select version::text from guardianship.child_place where child = $1", child));
        Assert.DoesNotContain("case_moved", await EventsAsync());
    }

    private RecordConductRequest Conduct(string document = "1") => new()
    {
        RequestId = $"{Guid.NewGuid()}", ChildId = $"{child}", Respondent = Respondent.Father, Conduct = Protos.Guardianship.V1.Conduct.LeftUnattended,
        Act = InterventionAct.Admonition, Organ = "苏仙公安分局", DocumentNo = $"{document}号1", OccurredAt = "2026-03-01T08:00:00+08:00",
    };

    private Task<List<string>> EventsAsync() => cases.ColumnAsync(
        "select type from guardianship.mt_events where data->'of'->>'child' = $1 order by seq_id", $"{child}");

    private Task<Status> RefusedAsync(RecordConductRequest request, CallOptions caller) => RefusedAsync(() => cases.Client.RecordConductAsync(request, caller));

    private static async Task<Status> RefusedAsync(Func<AsyncUnaryCall<InterventionCase>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call());
        return new(refused.StatusCode, refused.Status.Detail);
    }
}
