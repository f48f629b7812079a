using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>Law lessons by school and term, and the goals of schools, on real servers.</summary>
public sealed class LawLessonTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_term_begins_for_every_school_and_the_first_lesson_does_what_is_owed()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, client) = (new SchoolFeed(education, clock), new V1.LawLessons.LawLessonsClient(education.Channel));
        await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2", classNo: "3-2"), feed.Enrolled("L3", schoolNo: "S2"));
        await feed.TellAsync(Spring());
        await education.Service<EducationAttendance.LawLessons.BeginLawTerms>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await education.Service<EducationAttendance.LawLessons.BeginLawTerms>().SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["S1", "S2"], (await ListedAsync(client, feed.AsBureau(), missing: true)).Select(t => t.SchoolNo).Order());
        Assert.Equal(["2026-07-04", "2026-07-04"], await OwedAsync(education));

        var lesson = Lesson(0);
        var given = await client.RecordLawLessonAsync(lesson, education.AsSchool("S1"));
        Assert.Equal((1, "2025-2026-2", "2026-07-03", "3-1", 40), (given.Version, given.Term, given.Until, given.Lessons[0].ClassNo, given.Lessons[0].Attended));
        Assert.Equal(given, await client.RecordLawLessonAsync(lesson, education.AsSchool("S1")));
        Assert.Equal(2, (await client.RecordLawLessonAsync(Lesson(1), feed.AsBureau())).Version);
        Assert.Equal(["S2"], (await ListedAsync(client, education.AsOfficer(), missing: true)).Select(t => t.SchoolNo));
        Assert.Equal(2, Assert.Single(await ListedAsync(client, education.AsSchool("S1"), missing: false, "S1")).Lessons.Count);
        Assert.Single(await OwedAsync(education));
    }

    [Fact]
    public async Task What_cannot_be_recorded_says_why()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, client) = (new SchoolFeed(education, clock), new V1.LawLessons.LawLessonsClient(education.Channel));
        async Task<StatusCode> StatusAsync(Action<RecordLawLessonRequest> change, CallOptions caller)
        {
            var request = Lesson(0);
            change(request);
            return (await Assert.ThrowsAsync<RpcException>(async () => await client.RecordLawLessonAsync(request, caller))).StatusCode;
        }
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(_ => { }, feed.AsBureau()));
        await feed.TellAsync(Spring());
        foreach (var wrong in (Action<RecordLawLessonRequest>[])
            [r => r.On = "2026-04-28", r => r.On = "x", r => r.Topic = default, r => r.Attended = 0, r => r.Attended = 10_001, r => r.SchoolNo = "", r => r.DivisionCode = Places.County, r => r.RequestId = "1", r => r.ClassNo = new('9', 65)])
            Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(wrong, feed.AsBureau()));
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(r => r.On = "2026-02-27", feed.AsBureau()));
        Assert.Equal(StatusCode.Aborted, await StatusAsync(r => r.ExpectedVersion = 1, feed.AsBureau()));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(_ => { }, education.AsSchool("S2")));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(_ => { }, feed.AsBureau(Places.NextCounty)));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(_ => { }, education.AsOfficer()));
        // A refused lesson begins no term.
        Assert.Empty(await education.ColumnAsync("select id::text from education.law_term"));
    }

    [Fact]
    public async Task Goals_are_counted_by_school_page_by_page_as_the_roll_the_register_and_registry_have_it()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry, client) = (new SchoolFeed(education, clock), new RegistryTells(education, clock), new V1.SchoolGoals.SchoolGoalsClient(education.Channel));
        var pupils = (await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"), feed.Enrolled("L3", schoolNo: "S2"), feed.Enrolled("L4", schoolNo: "S3", village: Places.Neighbour))).ConvertAll(v => v.SubjectId);
        await registry.MatchedAsync(pupils[0], Guid.NewGuid());
        await registry.MatchedAsync(pupils[2], Guid.NewGuid());
        var dropped = feed.Enrolled("L2");
        (dropped.Enrolled, dropped.DroppedOut) = (null, new());
        await feed.EnrolAsync(dropped);
        async Task<List<SchoolGoal>> GoalsAsync(CallOptions caller, string schoolNo = "")
        {
            var (seen, token) = (new List<SchoolGoal>(), "");
            do
            {
                var page = await client.ListSchoolGoalsAsync(new() { DivisionCode = Places.County, SchoolNo = schoolNo, PageSize = 1, PageToken = token }, caller);
                seen.AddRange(page.Schools);
                token = page.NextPageToken;
            }
            while (token.Length > 0);
            return seen;
        }
        var goals = (await GoalsAsync(education.AsOfficer())).ToDictionary(g => g.SchoolNo);
        Assert.Equal(3, goals.Count);
        Assert.Equal((2, 1, 2, 1, false, false), (goals["S1"].Pupils, goals["S1"].OnFile, goals["S1"].Compulsory, goals["S1"].InSchool, goals["S1"].FileGoalMet, goals["S1"].EnrolmentGoalMet));
        Assert.Equal((1, 1, true, true), (goals["S2"].Pupils, goals["S2"].OnFile, goals["S2"].FileGoalMet, goals["S2"].EnrolmentGoalMet));
        Assert.Equal((Places.Neighbour, false, true), (goals["S3"].DivisionCode, goals["S3"].FileGoalMet, goals["S3"].EnrolmentGoalMet));
        Assert.Equal(goals["S1"], Assert.Single(await GoalsAsync(education.AsSchool("S1"), "S1")));
        // Back at school by the roll; and by the register before the roll says so.
        var cases = new DropoutOffice(education, clock, pupils[1]);
        Assert.Equal(DropoutStep.Returned, await cases.StepAsync((c, r) => c.RecordReturnAsync(r, cases.County)));
        Assert.Equal(2, (await GoalsAsync(education.AsOfficer(), "S1"))[0].InSchool);
        await feed.EnrolAsync(feed.Enrolled("L1", schoolNo: "S2"));
        Assert.Equal([1L, 2L], (await GoalsAsync(education.AsOfficer())).Where(g => g.SchoolNo is "S1" or "S2").OrderBy(g => g.SchoolNo).Select(g => g.Pupils));
        // Told again of all pupils, as a release does that begins to keep the table, it is the same.
        await education.ColumnAsync("delete from education.school_pupil returning pupil::text");
        await new Goals.SchoolPupils(education.Service<EventLog.EventStore>()).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1L, 2L], (await GoalsAsync(education.AsOfficer())).Where(g => g.SchoolNo is "S1" or "S2").OrderBy(g => g.SchoolNo).Select(g => g.Pupils));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await client.ListSchoolGoalsAsync(new() { DivisionCode = Places.County }, education.AsSchool("S1")))).StatusCode);
    }

    private static RecordLawLessonRequest Lesson(long version) => new()
    {
        DivisionCode = Places.Matian, RequestId = $"{Guid.NewGuid()}", SchoolNo = "S1", ClassNo = "3-1", On = "2026-04-20", Topic = LawTopic.PersonalSafety, Attended = 40, ExpectedVersion = version,
    };

    private static async Task<List<LawTerm>> ListedAsync(V1.LawLessons.LawLessonsClient client, CallOptions caller, bool missing, string schoolNo = "") =>
        [.. (await client.ListLawTermsAsync(new() { DivisionCode = Places.County, MissingOnly = missing, SchoolNo = schoolNo }, caller)).Terms];

    private static Task<List<string>> OwedAsync(RunningEducation education) =>
        education.ColumnAsync("select to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from education.obligation_due where kind = 'education.lawLesson'");
}
