using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

[Collection(InOneInstallation.Name)]
public sealed class MainJobTests(SharedInstallation shared)
{
    private const string County = Counties.OfMainJob;

    [Fact]
    public async Task A_pushed_household_is_counted_in_its_county()
    {
        var ct = TestContext.Current.CancellationToken;
        var installation = shared.Running;
        var registry = new Registry.RegistryClient(installation.Channel("Registry"));
        var platform = new Platform.PlatformClient(installation.Channel("Platform"));

        using var push = registry.PushHouseholds(installation.As(Department.Partner, Role.Partner, County, "main-job-base", ct));
        await push.RequestStream.WriteAsync(Household("h1", SharedInstallation.FirstVillage(County)), ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        var verdicts = push.ResponseStream.Current.Rows;
        Assert.All(verdicts, v => Assert.True(v.Verdict == Verdict.Applied, $"{v}"));

        var officer = installation.As(Department.CivilAffairs, Role.Officer, County, ct: ct);
        var figures = await Eventually.IsAsync(
            async () => await platform.GetFiguresAsync(new() { DivisionCode = County }, officer), f => Value(f, "leftBehind.total.all") == 1, ct);
        Assert.Equal(1, Value(figures, "onFile.total.all"));
    }

    private static long Value(Figures figures, string measure) => figures.Division.Figures.SingleOrDefault(f => f.Measure == measure)?.Value ?? 0;

    private static HouseholdBatch Household(string no, string village) => new()
    {
        BatchId = no,
        Rows =
        {
            Row(1, r => r.Household = new() { HouseholdNo = no, ResidenceCode = village, Residency = Residency.Rural, Address = "麻田村一组七号" }),
            Row(2, r => r.Member = new() { HouseholdNo = no, PersonNo = no + "c", Name = "李小禾", BirthDate = "2016-05-01", Sex = Sex.Female, Relation = Relation.Child }),
            Row(3, r => r.Parent = new() { PersonNo = no + "c", Parent = Parent.Father, Status = ParentState.OutForWork, Since = "2025-02-10" }),
            Row(4, r => r.Parent = new() { PersonNo = no + "c", Parent = Parent.Mother, Status = ParentState.OutForWork, Since = "2025-02-10" }),
            Row(5, r => r.Carer = new() { PersonNo = no + "c", Kind = CarerKind.Grandparents, Name = "王桂花", Phone = "13800001111" }),
        },
    };

    private static HouseholdRow Row(int number, Action<HouseholdRow> fill)
    {
        var row = new HouseholdRow { SourceEventId = $"e{number}", SourceSequence = number, OccurredAt = "2026-03-01T08:00:00+08:00" };
        fill(row);
        return row;
    }
}
