using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Guardianship.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>A case from an act on abuse to a new guardian: told by GuardianshipIntervention, followed by Registry, counted and told by Platform.</summary>
[Collection(InOneInstallation.Name)]
public sealed class CourtTests(SharedInstallation shared)
{
    private const string County = Counties.OfCourt, At = "2026-03-01T08:00:00+08:00";
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private readonly RunningInstallation running = shared.Running;
    private string child = "";

    [Fact]
    public async Task A_judgment_makes_the_guardian_known_and_every_level_counts_the_case()
    {
        var ct = TestContext.Current.CancellationToken;
        child = await PushAsync();
        var (court, officer) = (new Court.CourtClient(running.Channel("GuardianshipIntervention")), running.Bureau(County, ct));
        var opened = await OpenAsync(officer);
        await CountedAsync("step.criminalFiling", "ground.none", "order.none", "state.open");

        var shown = await court.RecordEvidenceAsync(new()
        {
            RequestId = $"{Guid.NewGuid()}", CaseId = opened.CaseId, ExpectedVersion = opened.Version, Limb = Limb.SevereHarm, Kind = EvidenceKind.ExpertOpinion,
            Organ = "茶陵县人民医院", DocumentNo = "鉴1号", OccurredAt = At, Description = "重伤二级",
        }, officer);
        await CountedAsync("step.criminalFiling", "ground.g1", "order.none", "state.open");
        var filed = await ActAsync(court, shown, CourtAct.PetitionFiled, officer, r => { r.Petitioner = Petitioner.VillageCommittee; r.Pleaded.Add(PetitionGround.G1); });
        await CountedAsync("step.revocationPetition", "ground.g1", "order.none", "state.petitionFiled");
        var judged = await ActAsync(court, filed, CourtAct.GuardianshipRevoked, officer, r => r.Guardian = DesignatedGuardian.Grandparents);
        Assert.True(judged.SupportDutyContinues);
        await CountedAsync("step.guardianDesignated", "ground.g1", "order.none", "state.judged");

        var registry = new Registry.RegistryClient(running.Channel("Registry"));
        await Eventually.IsAsync(async () => await registry.WhyEligibleAsync(new() { ChildId = child }, officer), w => w.ToString().Contains("Grandparents", StringComparison.Ordinal), ct);
        var platform = new Platform.PlatformClient(running.Channel("Platform"));
        var timeline = await Eventually.IsAsync(async () => await platform.GetTimelineAsync(new() { SubjectId = child }, officer),
            t => t.Entries.Any(e => e.Fact == "guardian_designated") && t.Entries.Any(e => e is { Service: "registry", Change: "GuardianChanged" }), ct);
        Assert.Equal(["case_opened Abuse", "step_recorded CriminalFiling", "case_recorded EvidenceRecorded", "case_recorded PetitionFiled", "case_recorded GuardianshipRevoked", "guardian_designated Grandparents"],
            timeline.Entries.Where(e => e.Service == "guardianship").Select(e => $"{e.Fact} {e.Change}"));
        // The case has a timeline of its own, with its duties; the police, to whom it is not assigned, list none.
        var ofCase = await platform.GetTimelineAsync(new() { SubjectId = opened.CaseId }, officer);
        Assert.Contains(ofCase.Entries, e => e.Change == "guardianship.judgePetition, Fulfilled");
        Assert.Equal(opened.CaseId, Assert.Single((await platform.ListSubjectsAsync(new() { DivisionCode = County, Measure = "interventionCase.state.judged" }, officer)).Subjects_).SubjectId);
        var police = running.As(Department.Police, Role.Officer, County, ct: ct);
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(
            async () => await platform.ListSubjectsAsync(new() { DivisionCode = County, Measure = "interventionCase.state.judged" }, police))).StatusCode);
        Assert.DoesNotContain((await platform.GetTimelineAsync(new() { SubjectId = child }, police)).Entries, e => e.Service == "guardianship");

        var reconciled = await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)), r => r.Sources.All(s => s.Differences == 0), ct);
        Assert.Equal(0, reconciled.FigureDifferences);
        Assert.True(reconciled.Sources.Single(s => s.Source == "guardianship").InPlatform >= 3, "The case and its two duties are compared.");

        // Up to the county it is the only case; city and province count those of others with it. Each dimension sums to the total.
        async Task CountedAsync(params string[] buckets)
        {
            // A village with one case is shown to nobody without child access.
            foreach (var code in SharedInstallation.PathOf(Village).Where(code => code.Length < Village.Length))
                foreach (var bucket in buckets)
                    await Eventually.IsAsync(() => CountAsync(platform: new(running.Channel("Platform")), code, bucket),
                        n => n.All == n.Total && (code.Length < County.Length ? n.Of >= 1 : n is { Of: 1, Total: 1 }), ct);
        }
    }

    private async Task<(long Of, long All, long Total)> CountAsync(Platform.PlatformClient platform, string code, string bucket)
    {
        var dimension = bucket.Split('.')[0];
        var figures = (await platform.GetFiguresAsync(new() { DivisionCode = code, Populations = { "interventionCase" }, Dimensions = { dimension, "total" } }, running.Bureau(County[..2]))).Division.Figures;
        long Of(string measure) => figures.SingleOrDefault(f => f.Measure == $"interventionCase.{measure}")?.Value ?? 0;
        return (Of(bucket), figures.Where(f => f.Measure.StartsWith($"interventionCase.{dimension}.", StringComparison.Ordinal)).Sum(f => f.Value), Of("total.all"));
    }

    private static async Task<InterventionCase> ActAsync(Court.CourtClient court, InterventionCase seen, CourtAct act, CallOptions officer, Action<RecordCourtActRequest> with)
    {
        var request = new RecordCourtActRequest
        {
            RequestId = $"{Guid.NewGuid()}", CaseId = seen.CaseId, ExpectedVersion = seen.Version, Act = act, Organ = "茶陵县人民法院", DocumentNo = $"民特{seen.Version}号",
            OccurredAt = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
        };
        with(request);
        return await court.RecordCourtActAsync(request, officer);
    }

    private async Task<InterventionCase> OpenAsync(CallOptions officer) => (await Eventually.IsAsync(async () =>
    {
        try
        {
            return await new GuardianshipIntervention.GuardianshipInterventionClient(running.Channel("GuardianshipIntervention")).RecordConductAsync(new()
            {
                RequestId = $"{Guid.NewGuid()}", ChildId = child, Respondent = Respondent.Father, Conduct = Conduct.Abuse, Act = InterventionAct.CriminalFiling,
                Organ = "茶陵县公安局", DocumentNo = "立1号", OccurredAt = At, OrganKind = OrganKind.Police,
            }, officer);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            // It has not heard of the child yet.
            return null;
        }
    }, found => found is not null, TestContext.Current.CancellationToken))!;

    private async Task<string> PushAsync()
    {
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, County, "court"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new HouseholdRow { SourceEventId = "h", SourceSequence = 1, OccurredAt = At, Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = "c", SourceSequence = 2, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "谭小满", BirthDate = "2016-05-01", Relation = Relation.Child } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        return push.ResponseStream.Current.Rows[1].SubjectId;
    }
}
