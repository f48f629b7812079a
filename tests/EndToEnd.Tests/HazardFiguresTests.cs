using LeftBehind.Access;
using LeftBehind.EndToEndTests.Matrix;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>What a screening finds is counted by Platform, moves with the child, and reconciles.</summary>
[Collection(InOneInstallation.Name)]
public sealed class HazardFiguresTests(SharedInstallation shared)
{
    private const string County = Counties.OfHazards;
    private static readonly string Village = SharedInstallation.FirstVillage(County), Town = Village[..9];
    private readonly RunningInstallation installation = shared.Running;

    [Fact]
    public async Task A_screening_counts_its_children_and_hazards_and_the_next_campaign_begins_from_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var hazards = new HazardScreening.HazardScreeningClient(installation.Channel("Registry"));
        var children = await PushAsync(ct);
        await FiguresAsync(f => f.GetValueOrDefault("leftBehind.screenedSummerHoliday.notScreened") == 2, ct);

        var campaign = await hazards.OpenCampaignAsync(Opening(0), installation.Bureau(County, ct));
        var recorded = await hazards.RecordScreeningAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), CampaignId = campaign.CampaignId, VillageCode = Village, ScreenedOn = OneOfEverything.Today,
            Children =
            {
                new ScreenedChild { ChildId = children[0], Hazards = { new FoundHazard { Kind = HazardKind.Drowning, Place = HazardPlace.Home, Note = "水井没有盖" } } },
                new ScreenedChild { ChildId = children[1] },
            },
        }, installation.Bureau(Village, ct));
        var hazard = recorded.Children[0].HazardIds[0];
        var figures = await FiguresAsync(f => f.GetValueOrDefault("hazard.state.found") == 1, ct);
        Assert.Equal((1, 1, 1, 1), (figures["leftBehind.screenedSummerHoliday.hazardFound"], figures["leftBehind.screenedSummerHoliday.safe"], figures["hazard.kind.drowning"], figures["hazard.total.all"]));

        await hazards.OrderRectificationAsync(new()
        { HazardId = hazard, Level = RectifyingLevel.Village, Department = RectifyingDepartment.CivilAffairs, ExpectedVersion = 1 }, installation.Bureau(Town, ct));
        await hazards.RecordRectifiedAsync(new() { HazardId = hazard, RectifiedOn = OneOfEverything.Today, ExpectedVersion = 2 }, installation.Bureau(Village, ct));
        await hazards.RecordInjuryAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ChildId = children[1], Kind = HazardKind.Scald, OccurredOn = OneOfEverything.Today, Severity = InjurySeverity.Treated,
        }, installation.Bureau(Village, ct));
        figures = await FiguresAsync(f => f.GetValueOrDefault("hazard.state.rectified") == 1 && f.GetValueOrDefault("obligation.state.fulfilled") == 1, ct);
        Assert.DoesNotContain("hazard.state.found", figures.Keys);

        await hazards.CloseCampaignAsync(new() { CampaignId = campaign.CampaignId, ExpectedVersion = 1 }, installation.Bureau(County, ct));
        await hazards.OpenCampaignAsync(Opening(1), installation.Bureau(County, ct));
        figures = await FiguresAsync(f => f.GetValueOrDefault("leftBehind.screenedSummerHoliday.notScreened") == 2, ct);
        Assert.Equal(1, figures["hazard.total.all"]);

        var platform = new Platform.PlatformClient(installation.Channel("Platform"));
        var entries = (await platform.GetTimelineAsync(new() { SubjectId = children[0] }, installation.Bureau(County, ct))).Entries.Select(e => e.Change).ToList();
        foreach (var change in (string[])["SummerHoliday, HazardFound", "Drowning, Found", "Drowning, RectificationOrdered", "Drowning, Rectified", "SummerHoliday, CampaignChanged"])
            Assert.Contains(change, entries);
        Assert.Contains("Scald, Treated", (await platform.GetTimelineAsync(new() { SubjectId = children[1] }, installation.Bureau(County, ct))).Entries.Select(e => e.Change));
        await (await Comparison.BeginAsync(installation, ct)).ReconcilesAsync(ct);
    }

    /// <summary>A campaign of some days from today on.</summary>
    private static OpenCampaignRequest Opening(int days) => new()
    {
        Kind = CampaignKind.SummerHoliday, DivisionCode = County, From = OneOfEverything.Today,
        Until = DateOnly.ParseExact(OneOfEverything.Today, "yyyy-MM-dd").AddDays(days).ToString("yyyy-MM-dd"),
    };

    private async Task<Dictionary<string, long>> FiguresAsync(Func<Dictionary<string, long>, bool> arrived, CancellationToken ct)
    {
        var platform = new Platform.PlatformClient(installation.Channel("Platform"));
        return await Eventually.IsAsync(async () => (await platform.GetFiguresAsync(new() { DivisionCode = Village }, installation.Bureau(Village, ct)))
            .Division.Figures.ToDictionary(f => f.Measure, f => f.Value), arrived, ct);
    }

    /// <summary>Two siblings left behind.</summary>
    private async Task<List<string>> PushAsync(CancellationToken ct)
    {
        var number = 0;
        HouseholdRow Row(Action<HouseholdRow> fill)
        {
            var row = new HouseholdRow { SourceEventId = $"e{++number}", SourceSequence = number, OccurredAt = "2026-03-01T08:00:00+08:00" };
            fill(row);
            return row;
        }
        HouseholdRow Member(string no, string name) =>
            Row(r => r.Member = new() { HouseholdNo = "h", PersonNo = no, Name = name, BirthDate = "2016-05-01", Sex = Sex.Female, Relation = Relation.Child });
        HouseholdRow Away(string child, Parent parent) => Row(r => r.Parent = new() { PersonNo = child, Parent = parent, Status = ParentState.OutForWork, Since = "2025-02-10" });
        using var push = new Registry.RegistryClient(installation.Channel("Registry")).PushHouseholds(installation.As(Department.Partner, Role.Partner, County, "hazards-base", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                Row(r => r.Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural, Address = "一组" }),
                Member("a", "李小禾"), Member("b", "李小苗"),
                Away("a", Parent.Father), Away("a", Parent.Mother), Away("b", Parent.Father), Away("b", Parent.Mother),
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        return [push.ResponseStream.Current.Rows[1].SubjectId, push.ResponseStream.Current.Rows[2].SubjectId];
    }
}
