using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using Guardianship = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>A child whom nobody cares for: found by Registry's rule, reported by Reporting, counted and told by Platform.</summary>
[Collection(InOneInstallation.Name)]
public sealed class UnattendedTests(SharedInstallation shared)
{
    private const string County = Counties.OfUnattended;
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private readonly RunningInstallation running = shared.Running;

    [Fact]
    public async Task A_child_whom_nobody_cares_for_is_reported_once_and_entrusting_somebody_ends_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var child = await PushAsync();
        var platform = new Platform.PlatformClient(running.Channel("Platform"));
        async Task<List<string>> TimelineAsync() =>
            [.. (await platform.GetTimelineAsync(new() { SubjectId = child }, running.Bureau(County, ct))).Entries.Select(e => $"{e.Service} {e.Fact} {e.Change}")];
        await Eventually.IsAsync(() => CountAsync(platform, "onFile.unattended.yes"), n => n == 1, ct);
        var timeline = await Eventually.IsAsync(TimelineAsync, t => t.Any(e => e.StartsWith("reporting", StringComparison.Ordinal)), ct);
        Assert.Single(timeline, "registry care_recorded UnattendedDetected");
        Assert.Single(timeline, "reporting harm_reported LivingAlone");

        var care = new Care.CareClient(running.Channel("Registry"));
        await care.EntrustCareAsync(new()
        {
            ChildId = child, Carer = new() { Name = "石大娘", IdNumber = "11010519491231002X" }, Relation = CarerRelation.Neighbour, From = "2026-03-01",
            Reason = EntrustReason.WorkAway, ChildHeard = ChildOpinion.Agrees, ExpectedVersion = 1,
        }, running.Bureau(Village, ct));
        await Eventually.IsAsync(() => CountAsync(platform, "leftBehind.entrusted.yes"), n => n == 1, ct);
        Assert.Equal((0, 1, 1), (await CountAsync(platform, "onFile.unattended.yes"), await CountAsync(platform, "leftBehind.screened.no"), await CountAsync(platform, "leftBehind.contact.notCollected")));
        timeline = await Eventually.IsAsync(TimelineAsync, t => t.Contains("registry obligation_recorded registry.parentContact, Opened"), ct);
        Assert.Single(timeline, e => e.StartsWith("reporting", StringComparison.Ordinal));
        var reconciled = await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)), r => r.Sources.All(s => s.Differences == 0), ct);
        Assert.Equal(0, reconciled.FigureDifferences);

        // A case finds the carer unfit: the care ends, and nobody cares again.
        await FindUnfitAsync(child, ct);
        await Eventually.IsAsync(() => CountAsync(platform, "onFile.unattended.yes"), n => n == 1, ct);
        Assert.Equal(0, await CountAsync(platform, "leftBehind.entrusted.yes"));
        timeline = await Eventually.IsAsync(TimelineAsync, t => t.Count(e => e == "registry care_recorded UnattendedDetected") == 2, ct);
        Assert.Single(timeline, "registry care_recorded CarerFoundUnfit");
        Assert.Single(timeline, "guardianship case_recorded CarerFoundUnfit");
        await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)), r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct);
    }

    /// <summary>The police punish the carer, and county civil affairs end the case with it.</summary>
    private async Task FindUnfitAsync(string child, CancellationToken ct)
    {
        const string At = "2026-03-05T08:00:00+08:00";
        var cases = new Guardianship.GuardianshipIntervention.GuardianshipInterventionClient(running.Channel("GuardianshipIntervention"));
        var opened = await cases.RecordConductAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", ChildId = child, Respondent = Guardianship.Respondent.EntrustedCarer, Conduct = Guardianship.Conduct.Abuse,
            Act = Guardianship.InterventionAct.AdminPenalty, Organ = "县公安局", DocumentNo = "罚1号", OccurredAt = At, OrganKind = Guardianship.OrganKind.Police,
        }, running.Bureau(County, ct));
        await new Guardianship.Court.CourtClient(running.Channel("GuardianshipIntervention")).RecordCourtActAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", CaseId = opened.CaseId, ExpectedVersion = opened.Version, Act = Guardianship.CourtAct.CarerFoundUnfit, Organ = "县民政局", DocumentNo = "定1号", OccurredAt = At,
        }, running.Bureau(County, ct));
    }

    private async Task<long> CountAsync(Platform.PlatformClient platform, string measure)
    {
        var parts = measure.Split('.');
        var figures = await platform.GetFiguresAsync(new() { DivisionCode = County, Populations = { parts[0] }, Dimensions = { parts[1] } }, running.Bureau(County));
        return figures.Division.Figures.SingleOrDefault(f => f.Measure == measure)?.Value ?? 0;
    }

    private async Task<string> PushAsync()
    {
        const string At = "2026-03-01T08:00:00+08:00";
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, County, "unattended"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new HouseholdRow { SourceEventId = "h", SourceSequence = 1, OccurredAt = At, Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = "c", SourceSequence = 2, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "石小满", BirthDate = "2016-05-01", Relation = Relation.Child } },
                new HouseholdRow { SourceEventId = "f", SourceSequence = 3, OccurredAt = At, Parent = new() { PersonNo = "c", Parent = Parent.Father, Status = ParentState.OutForWork, Since = "2025-01-01" } },
                new HouseholdRow { SourceEventId = "m", SourceSequence = 4, OccurredAt = At, Parent = new() { PersonNo = "c", Parent = Parent.Mother, Status = ParentState.OutForWork, Since = "2025-01-01" } },
                new HouseholdRow { SourceEventId = "n", SourceSequence = 5, OccurredAt = At, Carer = new() { PersonNo = "c", Kind = CarerKind.NoCarer } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        return push.ResponseStream.Current.Rows[1].SubjectId;
    }
}
