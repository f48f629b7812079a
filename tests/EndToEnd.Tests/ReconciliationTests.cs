using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using Obligations = LeftBehind.Protos.Obligations.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>Registry counts a child as left behind, its school's roll says it is not: a case with an owner and a due date, until the roll is corrected.</summary>
[Collection(InOneInstallation.Name)]
public sealed class ReconciliationTests(SharedInstallation shared)
{
    private const string County = Counties.OfReconciliation, IdNumber = "430281201605010018", At = "2026-03-01T08:00:00+08:00";
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private readonly RunningInstallation running = shared.Running;

    [Fact]
    public async Task A_difference_is_a_case_with_an_owner_until_the_roll_is_corrected_and_is_counted_at_every_level()
    {
        var ct = TestContext.Current.CancellationToken;
        var bureau = running.As(Department.Education, Role.Officer, County, ct: ct);
        var platform = new Platform.PlatformClient(running.Channel("Platform"));
        await PushHouseholdAsync();
        var pupil = await EnrolAsync(1, leftBehind: false);

        foreach (var division in new[] { Village, Village[..9], County })
            await CountAsync(division, "reconciliation.kind.leftBehindInRegistry", 1);
        await CountAsync(County, "reconciliation.state.open", 1);
        var cases = new Protos.Education.V1.Reconciliation.ReconciliationClient(running.Channel("EducationAttendance"));
        var found = Assert.Single((await cases.ListReconciliationCasesAsync(new() { DivisionCode = County }, bureau)).Cases);
        Assert.Equal((pupil, ReconciliationKind.LeftBehindInRegistry, ReconciliationState.Open, Village), (found.PupilId, found.Kind, found.State, found.DivisionCode));
        var duty = Assert.Single((await new Obligations.Obligations.ObligationsClient(running.Channel("EducationAttendance"))
            .ListObligationsAsync(new() { DivisionCode = County, Kind = "education.reconcile" }, bureau)).Obligations);
        Assert.Equal((found.CaseId, County, Obligations.OwnerDepartment.Education), (duty.SubjectId, duty.DivisionCode, duty.Department));
        Assert.NotEmpty(duty.DueAt);

        Assert.Equal(pupil, await EnrolAsync(2, leftBehind: true));
        foreach (var division in new[] { Village, Village[..9], County })
            await CountAsync(division, "reconciliation.total.all", 0);
        Assert.Empty((await cases.ListReconciliationCasesAsync(new() { DivisionCode = County }, bureau)).Cases);
        var gone = await cases.GetReconciliationCaseAsync(new() { CaseId = found.CaseId, Purpose = "核对学籍" }, bureau);
        Assert.Equal((ReconciliationState.Gone, 2), (gone.State, gone.Version));
        var timeline = await platform.GetTimelineAsync(new() { SubjectId = pupil }, running.Bureau(County, ct));
        Assert.Equal(["LeftBehindInRegistry, Found", "LeftBehindInRegistry, Gone"], timeline.Entries.Where(e => e.Fact == "reconciliation_recorded").Select(e => e.Change));
        var reconciled = await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)), r => r.Sources.All(s => s.Differences == 0), ct);
        Assert.Equal(0, reconciled.FigureDifferences);

        Task<long> CountAsync(string division, string measure, long wished) => Eventually.IsAsync(async () =>
        {
            var figures = await platform.GetFiguresAsync(new() { DivisionCode = division, Populations = { "reconciliation" } }, running.Bureau(County));
            return figures.Division.Figures.SingleOrDefault(f => f.Measure == measure)?.Value ?? 0;
        }, n => n == wished, ct);
    }

    private async Task PushHouseholdAsync()
    {
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, County, "reconciled"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new HouseholdRow { SourceEventId = "h", SourceSequence = 1, OccurredAt = At, Household = new() { HouseholdNo = "h", ResidenceCode = Village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = "c", SourceSequence = 2, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "易小满", IdNumber = IdNumber, BirthDate = "2016-05-01", Relation = Relation.Child } },
                new HouseholdRow { SourceEventId = "f", SourceSequence = 3, OccurredAt = At, Parent = new() { PersonNo = "c", Parent = Parent.Father, Status = ParentState.OutForWork, Since = "2025-01-01" } },
                new HouseholdRow { SourceEventId = "m", SourceSequence = 4, OccurredAt = At, Parent = new() { PersonNo = "c", Parent = Parent.Mother, Status = ParentState.OutForWork, Since = "2025-01-01" } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
    }

    private async Task<string> EnrolAsync(int sequence, bool leftBehind)
    {
        using var push = new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(running.As(Department.Partner, Role.Partner, County, "reconciled-roll"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = $"{sequence}",
            Rows =
            {
                new RollRow { SourceEventId = $"e{sequence}", SourceSequence = sequence, OccurredAt = At, StudentNo = "G" + IdNumber, Enrolled = new()
                    { Name = "易小满", BirthDate = "2016-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Stage.Primary, Claims = new() { LeftBehind = leftBehind } } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        Assert.Equal(Verdict.Applied, push.ResponseStream.Current.Rows[0].Verdict);
        return push.ResponseStream.Current.Rows[0].SubjectId;
    }
}
