using System.Globalization;
using Grpc.Core;
using LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.IntegrationTests.Running;

/// <summary>The county's office that keeps one case of a child of its own, each call on the version that was seen last.</summary>
public sealed class CaseOffice(RunningCases cases)
{
    private int documents;

    public Guid Child { get; } = Guid.NewGuid();

    public string Id { get; private set; } = "";

    public long Version { get; private set; }

    public CallOptions County => cases.AsOfficer(Places.County);

    /// <summary>Registry has told of the child, and the first act opened its case.</summary>
    public static async Task<CaseOffice> OpenAsync(
        RunningCases cases, Conduct conduct = Conduct.LeftUnattended, Respondent respondent = Respondent.Father, InterventionAct act = InterventionAct.CriminalFiling)
    {
        var office = new CaseOffice(cases);
        await cases.TellAsync((office.Child, 1, Places.Village));
        await office.StepAsync(conduct, act, "2026-03-01T08:00:00+08:00", respondent: respondent);
        return office;
    }

    public async Task<InterventionCase> StepAsync(
        Conduct conduct, InterventionAct act, string at, OrganKind organ = OrganKind.Police, Respondent respondent = Respondent.Father) => Seen(await cases.Client.RecordConductAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", ChildId = $"{Child}", Respondent = respondent, Conduct = conduct, Act = act, Organ = "苏仙公安分局",
            DocumentNo = $"{++documents}号", OccurredAt = at, OrganKind = organ,
        }, County));

    public async Task<InterventionCase> EvidenceAsync(Limb limb, string at = "2026-08-01T08:00:00+08:00", string description = "") =>
        Seen(await cases.Court.RecordEvidenceAsync(Item(limb, at, description), County));

    public RecordEvidenceRequest Item(Limb limb, string at, string description = "") => new()
    {
        RequestId = $"{Guid.NewGuid()}", CaseId = Id, ExpectedVersion = Version, Limb = limb, Kind = EvidenceKind.Document, Organ = "白露塘派出所",
        DocumentNo = $"证{++documents}号", OccurredAt = at, Description = description,
    };

    public async Task<InterventionCase> ActAsync(CourtAct act, Action<RecordCourtActRequest>? with = null, CallOptions? caller = null) =>
        Seen(await cases.Court.RecordCourtActAsync(Request(act, with), caller ?? County));

    public async Task<Status> RefusedAsync(CourtAct act, Action<RecordCourtActRequest>? with = null, CallOptions? caller = null) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await cases.Court.RecordCourtActAsync(Request(act, with), caller ?? County))).Status;

    /// <summary>An act of this hour.</summary>
    public RecordCourtActRequest Request(CourtAct act, Action<RecordCourtActRequest>? with = null)
    {
        var request = new RecordCourtActRequest
        {
            RequestId = $"{Guid.NewGuid()}", CaseId = Id, ExpectedVersion = Version, Act = act, Organ = "苏仙区人民法院", DocumentNo = $"民{++documents}号",
            OccurredAt = cases.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal),
        };
        if (act is CourtAct.PetitionFiled)
            request.Petitioner = Petitioner.CivilAffairs;
        with?.Invoke(request);
        return request;
    }

    public string Day(int days) => Divisions.WorkCalendar.DayOf(cases.Clock.GetUtcNow()).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public async Task<PetitionAnswer> GroundsAsync() => await cases.Court.GetPetitionGroundsAsync(new() { CaseId = Id }, County);

    public async Task<InterventionCase> ReadAsync() => Seen(await cases.Client.GetCaseAsync(new() { CaseId = Id }, County));

    /// <summary>What became of the duties of the case: event, kind, and to which level; in their order.</summary>
    public Task<List<string>> DutiesAsync() => cases.ColumnAsync("""
        select replace(type, 'obligation_', '') || ' ' || replace(data->'of'->>'kind', 'guardianship.', '') || case type when 'obligation_escalated' then ' ' || (data->>'to') else '' end
        from guardianship.mt_events where type like 'obligation_%' and data->'of'->'subject'->>'id' = $1 order by seq_id
        """, Id);

    public Task<List<string>> EventsAsync() => cases.ColumnAsync("select type from guardianship.mt_events where stream_id = $1 order by version", Guid.Parse(Id));

    private InterventionCase Seen(InterventionCase seen)
    {
        (Id, Version) = (seen.CaseId, seen.Version);
        return seen;
    }
}
