using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>Registry tells which children live in one household, and reports on them are one case.</summary>
[Collection(InOneInstallation.Name)]
public sealed class SiblingsTests(SharedInstallation shared)
{
    private const string County = Counties.OfSiblings, At = "2026-03-01T08:00:00+08:00";
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private readonly RunningInstallation running = shared.Running;
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_on_a_sibling_joins_the_case_of_the_household_and_raises_it()
    {
        var (elder, younger, neighbour) = await PushAsync();
        await new Stores(running).AreQuietAsync(ct);
        var reports = new Reporting.ReportingClient(running.Channel("Reporting"));
        async Task<string> ReportedAsync(string child, Situation situation) => (await reports.ReportHarmAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = ReporterKind.School, Situation = situation, DivisionCode = Village, ChildId = child, DiscoveredAt = At,
        }, running.Bureau(County, ct))).ReportId;

        var first = await ReportedAsync(elder, Situation.GuardianIncapableOrFailing);
        var second = await ReportedAsync(younger, Situation.DomesticViolence);
        var third = await ReportedAsync(neighbour, Situation.GuardianIncapableOrFailing);

        var police = running.As(Department.Police, Role.Officer, County, ct: ct);
        var open = await reports.GetReportAsync(new() { ReportId = first }, police);
        Assert.Equal((Urgency.Emergency, second), (open.Urgency, Assert.Single(open.JoinedReportIds)));
        var joined = await reports.GetReportAsync(new() { ReportId = second }, police);
        Assert.Equal((first, younger, Standing.Linked), (joined.CaseId, joined.ChildId, joined.Standing));
        Assert.Equal((Standing.Received, ""), ((await reports.GetReportAsync(new() { ReportId = third }, police)).Standing, (await reports.GetReportAsync(new() { ReportId = third }, police)).CaseId));
    }

    /// <summary>Two children of one household, and one of another.</summary>
    private async Task<(string Elder, string Younger, string Neighbour)> PushAsync()
    {
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, County, "siblings", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows = { Household("h", 1), Household("n", 2), Child("h", "a", "龙小谷", "2014-05-01", 3), Child("h", "b", "龙小穗", "2016-05-01", 4), Child("n", "c", "田小溪", "2015-05-01", 5) },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        var ids = push.ResponseStream.Current.Rows.Skip(2).Select(r => r.SubjectId).ToList();
        return (ids[0], ids[1], ids[2]);
    }

    private static HouseholdRow Household(string no, long sequence) => new()
    { SourceEventId = $"h{no}", SourceSequence = sequence, OccurredAt = At, Household = new() { HouseholdNo = no, ResidenceCode = Village, Residency = Residency.Rural } };

    private static HouseholdRow Child(string household, string no, string name, string born, long sequence) => new()
    {
        SourceEventId = no, SourceSequence = sequence, OccurredAt = At,
        Member = new() { HouseholdNo = household, PersonNo = no, Name = name, BirthDate = born, Relation = Relation.Child },
    };
}
