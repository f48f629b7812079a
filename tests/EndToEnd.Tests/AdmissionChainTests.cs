using LeftBehind.Access;
using LeftBehind.EndToEndTests.Leaks;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.TestKit;
using Npgsql;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>A child whom a school refused: counted by Platform, reported by Reporting once, whatever the broker delivers again, and admitted by the county.</summary>
[Collection(InOneInstallation.Name)]
public sealed class AdmissionChainTests(SharedInstallation shared)
{
    private const string County = Counties.OfAdmission;
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private static readonly string Today = Matrix.OneOfEverything.Today;
    private readonly RunningInstallation running = shared.Running;

    [Fact]
    public async Task A_refused_child_is_counted_and_reported_exactly_once_after_every_page_came_again_and_is_settled()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var overheard = await Overheard.ListenAsync(running.Services.RabbitMq.Uri, ct);
        var (bureau, admissions) = (running.As(Department.Education, Role.Officer, County, ct: ct), new Admissions.AdmissionsClient(running.Channel("EducationAttendance")));
        var refusal = await admissions.RecordAdmissionRefusedAsync(new()
        { RequestId = $"{Guid.NewGuid()}", PupilId = await EnrolAsync(), SchoolNo = "S9", DivisionCode = Village, RefusedOn = Today, Reason = RefusalReason.Disability }, running.Bureau(County, ct));
        await CountAsync("admission.state.open", 1);
        await CountAsync("admission.reason.disability", 1);
        await CountAsync("report.situation.otherHarm", 1);
        Assert.Single((await new Obligations.ObligationsClient(running.Channel("EducationAttendance")).ListObligationsAsync(new() { DivisionCode = County, Kind = "education.admitChild" }, bureau)).Obligations);

        await overheard.SendAgainAsync("education", ct);
        await admissions.SettleAdmissionAsync(
            new() { RefusalId = refusal.RefusalId, RequestId = $"{Guid.NewGuid()}", On = Today, Outcome = AdmissionOutcome.AdmittedThere, ExpectedVersion = 1 }, bureau);
        await CountAsync("admission.state.settled", 1);
        await CountAsync("admission.state.open", 0);
        // The queue is in order: once the settlement has come, so has every page before it, twice.
        var settled = await AskAsync("EducationAttendance", "select max(seq_id) from education.mt_events");
        await Eventually.IsAsync(() => AskAsync("Reporting", "select watermark from reporting.lane where source = 'education'"), at => at >= settled, ct);
        Assert.Equal(1, await AskAsync("Reporting", $"select count(*) from reporting.mt_events where type = 'harm_reported' and data->'concerned'->>'organisation' = 'S9' and data->'case'->>'division' = '{Village}@2023'"));
        await CountAsync("report.total.all", 1);

        var platform = new Platform.PlatformClient(running.Channel("Platform"));
        var timeline = await platform.GetTimelineAsync(new() { SubjectId = refusal.PupilId }, running.Bureau(County, ct));
        Assert.Equal(["Refused", "Settled"], timeline.Entries.Where(e => e.Fact == "admission_recorded").Select(e => e.Change));
        Assert.Empty((await platform.ListSubjectsAsync(new() { DivisionCode = County, Measure = "report.total.all" }, running.Bureau(County, ct))).Subjects_);
        Assert.Single((await platform.ListSubjectsAsync(new() { DivisionCode = County, Measure = "admission.total.all" }, running.Bureau(County, ct))).Subjects_);
        var reconciled = await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)), r => r.Sources.All(s => s.Differences == 0), ct);
        Assert.Equal(0, reconciled.FigureDifferences);

        Task<long> CountAsync(string measure, long wished) => Eventually.IsAsync(async () =>
            (await new Platform.PlatformClient(running.Channel("Platform")).GetFiguresAsync(new() { DivisionCode = County, Populations = { measure.Split('.')[0] } }, running.Bureau(County)))
            .Division.Figures.SingleOrDefault(f => f.Measure == measure)?.Value ?? 0, n => n == wished, ct);
    }

    private async Task<long> AskAsync(string service, string sql)
    {
        await using var store = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(running.Services.StoreOf(service)) { Pooling = false }.ConnectionString);
        await using var command = store.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<string> EnrolAsync()
    {
        using var push = new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(running.As(Department.Partner, Role.Partner, County, "admission-roll"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new RollRow { SourceEventId = "e", SourceSequence = 1, OccurredAt = "2026-03-01T08:00:00+08:00", StudentNo = "LA1", Enrolled = new()
                    { Name = "石小苗", BirthDate = "2014-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Stage.Primary } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        return push.ResponseStream.Current.Rows[0].SubjectId;
    }
}
