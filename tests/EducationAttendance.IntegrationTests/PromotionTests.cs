using Grpc.Core;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>升级: one command for a school, once a school year.</summary>
public sealed class PromotionTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 9, 3, 9, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task A_school_goes_up_once_and_its_last_grade_graduates()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupils = await feed.EnrolAsync(InGrade(feed, "L3", "3-1", 3), InGrade(feed, "L4", "4-1", 4), InGrade(feed, "L6", "6-1", 6), InGrade(feed, "L0", "0-1", 0));
        var client = new Protos.Education.V1.Promotions.PromotionsClient(education.Channel);
        var request = Request(("3-1", "4-1"), ("4-1", "5-1"), ("6-1", ""), ("0-1", ""));
        var promoted = await client.PromoteClassesAsync(request, education.AsSchool("S1"));
        Assert.Equal(new Promotion { Promoted = 2, Graduated = 1, Unknown = 1 }, promoted);
        Assert.Equal(promoted, await client.PromoteClassesAsync(request, education.AsSchool("S1")));
        Assert.Equal(["4-1 true", "5-1 true", "6-1 false", "0-1 true"], [.. await Task.WhenAll(pupils.Select(p => ClassAsync(education, p.SubjectId)))]);
        Assert.Equal(["pupil_enrolled", "pupil_promoted"], await education.EventsOfAsync(pupils[0].SubjectId));
        Assert.Equal(["pupil_enrolled", "pupil_graduated"], await education.EventsOfAsync(pupils[2].SubjectId));
        Assert.Equal(["2026-09-01"], await education.ColumnAsync("select since::text from education.roll_class where class_no = '5-1'"));

        // Asked once more, by others: whoever went up stays.
        var again = await client.PromoteClassesAsync(Request(), feed.AsBureau());
        Assert.Equal(new Promotion { Already = 3, Unknown = 1 }, again);
        clock.SetUtcNow(new DateTimeOffset(2027, 9, 1, 0, 30, 0, TimeSpan.FromHours(8)));
        var next = Request();
        next.SchoolYear = 2027;
        Assert.Equal(new Promotion { Promoted = 2, Stayed = 1, Unknown = 1 }, await client.PromoteClassesAsync(next, feed.AsBureau()));
    }

    [Fact]
    public async Task What_cannot_be_promoted_says_why()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.EnrolAsync(InGrade(feed, "L3", "3-1", 3));
        var client = new Protos.Education.V1.Promotions.PromotionsClient(education.Channel);
        async Task<StatusCode> RefusedAsync(Action<PromoteClassesRequest> change, CallOptions? caller = null)
        {
            var request = Request();
            change(request);
            return (await Assert.ThrowsAsync<RpcException>(async () => await client.PromoteClassesAsync(request, caller ?? feed.AsBureau()))).StatusCode;
        }

        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(r => r.SchoolYear = 2025));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(r => r.SchoolYear = 2027));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(r => r.SchoolNo = ""));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(r => r.RequestId = "1"));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(r => r.Classes.Add([new() { ClassNo = "3-1" }, new() { ClassNo = "3-1" }])));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(r => r.SchoolNo = "S9"));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(r => r.Classes.Add(new PromotedClass { ClassNo = "9-9" })));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(_ => { }, education.AsSchool("S2")));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(_ => { }, feed.AsBureau(Places.NextCounty)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(_ => { }, education.AsOfficer()));
        var taken = Request();
        await client.PromoteClassesAsync(taken, feed.AsBureau());
        taken.Classes.Add(new PromotedClass { ClassNo = "3-1" });
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(async () => await client.PromoteClassesAsync(taken, feed.AsBureau()))).StatusCode);
    }

    private static RollRow InGrade(SchoolFeed feed, string studentNo, string classNo, int grade)
    {
        var row = feed.Enrolled(studentNo, classNo);
        row.Enrolled.Grade = grade;
        return row;
    }

    private static PromoteClassesRequest Request(params (string From, string To)[] classes) => new()
    {
        DivisionCode = Places.County, RequestId = Guid.NewGuid().ToString(), SchoolNo = "S1", SchoolYear = 2026,
        Classes = { classes.Select(c => new PromotedClass { ClassNo = c.From, ToClassNo = c.To }) },
    };

    private static async Task<string> ClassAsync(RunningEducation education, string pupil) => (await education.ColumnAsync(
        "select c.class_no || ' ' || p.enrolled from education.class_pupil p join education.roll_class c on c.id = p.class where p.pupil = $1", Guid.Parse(pupil)))[0];
}
