using LeftBehind.Access;
using LeftBehind.EndToEndTests.Matrix;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>What a school does for a boarder, counted by Platform: contact card, calls home, night roll, hand-over, law lesson; and whoever is not found at night is reported missing.</summary>
[Collection(InOneInstallation.Name)]
public sealed class SchoolCareTests(SharedInstallation shared)
{
    private const string County = Counties.OfSchoolCare;
    private static readonly string Village = SharedInstallation.FirstVillage(County), Today = OneOfEverything.Today;
    private readonly RunningInstallation running = shared.Running;

    [Fact]
    public async Task Card_calls_night_roll_hand_over_and_law_lesson_are_counted_and_a_boarder_who_is_not_found_is_reported()
    {
        var ct = TestContext.Current.CancellationToken;
        var (bureau, pupil) = (running.As(Department.Education, Role.Officer, County, ct: ct), await EnrolAsync());
        await CountAsync("pupil.contactCard.none", 1);
        await CountAsync("pupil.enrolment.inSchool", 1);
        var cards = new ContactCards.ContactCardsClient(running.Channel("EducationAttendance"));
        await cards.GiveContactCardAsync(OneOfEverything.Card(pupil), bureau);
        await cards.LogHelpedCallAsync(new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = Today, Kind = CallKind.Video, Connected = true, ExpectedVersion = 1 }, bureau);
        await CountAsync("pupil.contactCard.signed", 1);
        await CountAsync("pupil.helpedCall.connected", 1);
        await CountAsync("pupil.helpedCall.none", 0);

        var boarders = new Boarders.BoardersClient(running.Channel("EducationAttendance"));
        await boarders.RecordNightRollAsync(new()
        {
            DivisionCode = Village, RequestId = $"{Guid.NewGuid()}", SchoolNo = "S1", Dormitory = "1", Date = Today, Present = 20,
            Absent = { new BoardingEntry { PupilId = pupil, Mark = BoardingMark.NotFound } },
        }, bureau);
        await boarders.RecordHandOverAsync(new()
        {
            DivisionCode = Village, RequestId = $"{Guid.NewGuid()}", SchoolNo = "S1", Dormitory = "1", Date = Today,
            Pupils = { new BoardingEntry { PupilId = pupil, Mark = BoardingMark.NotHandedOver } },
        }, bureau);
        await CountAsync("nightRoll.absence.notFound", 1);
        await CountAsync("nightRoll.roll.taken", 1);
        await CountAsync("handOver.result.notHandedOver", 1);
        await CountAsync("report.situation.missing", 1);

        await new Calendars.CalendarsClient(running.Channel("EducationAttendance")).PushTermCalendarAsync(
            new() { DivisionCode = County, Term = new() { Name = "t", From = Today, Until = Today } }, bureau);
        await new LawLessons.LawLessonsClient(running.Channel("EducationAttendance")).RecordLawLessonAsync(
            new() { DivisionCode = Village, RequestId = $"{Guid.NewGuid()}", SchoolNo = "S1", On = Today, Topic = LawTopic.Rights, Attended = 30 }, bureau);
        await CountAsync("lawTerm.lessons.once", 1);
        await CountAsync("lawTerm.state.given", 1);
        var goal = Assert.Single((await new SchoolGoals.SchoolGoalsClient(running.Channel("EducationAttendance")).ListSchoolGoalsAsync(new() { DivisionCode = County }, bureau)).Schools);
        Assert.Equal((1, 0, 1, false, true), (goal.Pupils, goal.OnFile, goal.InSchool, goal.FileGoalMet, goal.EnrolmentGoalMet));
        var reconciled = await Eventually.IsAsync(async () => await Platform.ReconcileAsync(new(), running.Operations(ct)), r => r.Sources.All(s => s.Differences == 0), ct);
        Assert.Equal(0, reconciled.FigureDifferences);

        Task<long> CountAsync(string measure, long wished) => Eventually.IsAsync(async () =>
            (await Platform.GetFiguresAsync(new() { DivisionCode = County, Populations = { measure.Split('.')[0] } }, running.Bureau(County)))
            .Division.Figures.SingleOrDefault(f => f.Measure == measure)?.Value ?? 0, n => n == wished, ct);
    }

    private Protos.Platform.V1.Platform.PlatformClient Platform => new(running.Channel("Platform"));

    private async Task<string> EnrolAsync()
    {
        using var push = new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(running.As(Department.Partner, Role.Partner, County, "care-roll"));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                new RollRow { SourceEventId = "e", SourceSequence = 1, OccurredAt = "2026-03-01T08:00:00+08:00", StudentNo = "LC1", Enrolled = new()
                    { Name = "石小竹", BirthDate = "2014-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Stage.Primary, Boarding = Boarding.Boarder } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(default));
        return push.ResponseStream.Current.Rows[0].SubjectId;
    }
}
