using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.TestKit;
using Npgsql;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>A pupil who stays away and whom its school reaches nowhere: counted at its step by Platform, reported as missing by Reporting, and back again.</summary>
[Collection(InOneInstallation.Name)]
public sealed class DropoutChainTests(SharedInstallation shared)
{
    private const string County = Counties.OfDropout, Source = "dropout-roll";
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private static readonly DateOnly Today = Divisions.WorkCalendar.DayOf(TimeProvider.System.GetUtcNow());
    private readonly RunningInstallation running = shared.Running;

    [Fact]
    public async Task An_absent_pupil_is_counted_at_each_step_reported_when_it_is_reached_nowhere_and_back_when_it_attends()
    {
        var ct = TestContext.Current.CancellationToken;
        var bureau = running.As(Department.Education, Role.Officer, County, ct: ct);
        var platform = new Platform.PlatformClient(running.Channel("Platform"));
        var pupil = await EnrolAsync();
        await new Calendars.CalendarsClient(running.Channel("EducationAttendance")).PushTermCalendarAsync(new() { DivisionCode = County, Term = Term() }, bureau);
        await CallAsync(1, Today.AddDays(-2), absent: true);
        await CountAsync("absence", 1);
        await CallAsync(2, Today.AddDays(-1), absent: true);
        await CallAsync(3, Today, absent: true);
        await CountAsync("suspected", 1);

        var dropouts = new Dropouts.DropoutsClient(running.Channel("EducationAttendance"));
        var known = await dropouts.RecordContactAsync(new()
        { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = Written(Today), Outcome = ContactOutcome.NotReached, ExpectedVersion = 2 }, bureau);
        await dropouts.RecordHomeVisitAsync(new()
        { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = Written(Today), Outcome = HomeVisitOutcome.Unreachable, ExpectedVersion = known.Version }, bureau);
        async Task<List<string>> TimelineAsync() =>
            [.. (await platform.GetTimelineAsync(new() { SubjectId = pupil }, running.Bureau(County, ct))).Entries.Select(e => $"{e.Service} {e.Fact} {e.Change}")];
        var timeline = await Eventually.IsAsync(TimelineAsync, t => t.Contains("education missing_suspected MissingSuspected"), ct);
        Assert.Equal(["AbsenceDetected", "Suspected", "GuardianContacted", "HomeVisited"],
            timeline.Where(e => e.StartsWith("education dropout_recorded", StringComparison.Ordinal)).Select(e => e.Split(' ')[2]));
        Assert.Contains("education obligation_recorded education.homeVisit, Fulfilled", timeline);
        await using var reporting = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(running.Services.StoreOf("Reporting")) { Pooling = false }.ConnectionString);
        await Eventually.IsAsync(async () =>
        {
            await using var command = reporting.CreateCommand($"""
                select count(*) from reporting.mt_events where type = 'harm_reported' and data->>'situation' = 'Missing' and data->>'reportedBy' = 'platform/missing-suspected'
                    and data->'case'->>'division' like '{Village}@%'
                """);
            return (long)(await command.ExecuteScalarAsync(ct))!;
        }, n => n == 1, ct);

        // 辍学登记 by the school: the official figure follows, though the roll has the pupil enrolled.
        Assert.Equal((0, 1), (await OfficialAsync("state.droppedOut"), await OfficialAsync("state.enrolled")));
        known = await dropouts.RecordHomeVisitAsync(new()
        { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = Written(Today), Outcome = HomeVisitOutcome.ChildMetAlone, ExpectedVersion = known.Version + 1 }, bureau);
        await dropouts.RegisterDropoutAsync(new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = Written(Today), ExpectedVersion = known.Version }, bureau);
        await Eventually.IsAsync(() => OfficialAsync("state.droppedOut"), n => n == 1, ct);
        Assert.Equal((1, 0), (await OfficialAsync("schooling.droppedOut"), await OfficialAsync("state.enrolled")));

        await CallAsync(4, Today, absent: false);
        await CountAsync("returned", 1);
        await CountAsync("registered", 0);
        Assert.Equal((0, 1, 1), (await OfficialAsync("state.droppedOut"), await OfficialAsync("schooling.primary"), await OfficialAsync("state.enrolled")));
        var reconciled = await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)), r => r.Sources.All(s => s.Differences == 0), ct);
        Assert.Equal(0, reconciled.FigureDifferences);

        async Task<long> OfficialAsync(string bucket) => (await platform.GetFiguresAsync(new() { DivisionCode = County, Populations = { "pupil" } }, running.Bureau(County)))
            .Division.Figures.SingleOrDefault(f => f.Measure == $"pupil.{bucket}")?.Value ?? 0;

        Task<long> CountAsync(string bucket, long wished) => Eventually.IsAsync(async () =>
        {
            var figures = await platform.GetFiguresAsync(new() { DivisionCode = County, Populations = { "pupil" }, Dimensions = { "dropout" } }, running.Bureau(County));
            return figures.Division.Figures.SingleOrDefault(f => f.Measure == $"pupil.dropout.{bucket}")?.Value ?? 0;
        }, n => n == wished, ct);
    }

    /// <summary>Three school days up to today, whatever day that is.</summary>
    private static Term Term() => new()
    {
        Name = "t", From = Written(Today.AddDays(-2)), Until = Written(Today.AddDays(60)), Extra = { Enumerable.Range(-2, 3).Select(d => Written(Today.AddDays(d))) },
    };

    private async Task<string> EnrolAsync()
    {
        using var push = new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(running.As(Department.Partner, Role.Partner, County, Source));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new RollRow { SourceEventId = "e", SourceSequence = 1, OccurredAt = At(Today.AddDays(-2)), StudentNo = "LD1", Enrolled = new()
                    { Name = "石小禾", BirthDate = "2015-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Stage.Primary, ClassNo = "3-1" } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        return push.ResponseStream.Current.Rows[0].SubjectId;
    }

    private async Task CallAsync(int sequence, DateOnly on, bool absent)
    {
        using var push = new Attendance.AttendanceClient(running.Channel("EducationAttendance")).PushAttendance(running.As(Department.Partner, Role.Partner, County, Source));
        var call = new RollCall();
        if (absent)
            call.Exceptions.Add(new AttendanceException { StudentNo = "LD1", Category = AttendanceCategory.Unexcused, Fraction = "1" });
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = $"{sequence}",
            Rows = { new AttendanceRow { SourceEventId = $"a{sequence}", SourceSequence = sequence, OccurredAt = At(on), SchoolNo = "S1", ClassNo = "3-1", Date = Written(on), Session = Session.WholeDay, RollCall = call } },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        Assert.Equal(Verdict.Applied, push.ResponseStream.Current.Rows[0].Verdict);
    }

    private static string At(DateOnly day) => $"{Written(day)}T00:00:01+08:00";

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", null);
}
