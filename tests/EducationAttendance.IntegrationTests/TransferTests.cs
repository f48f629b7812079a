using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Obligations;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.TestKit;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>A transfer of two sides: let go by one school, received by another.</summary>
public sealed class TransferTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 9, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>Ten working days after 27 April 2026 end with 13 May: 1 to 5 May are off, 9 May is worked.</summary>
    [Fact]
    public async Task Who_is_let_go_is_in_a_roll_gap_with_ten_working_days_until_it_is_received()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupils = await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"));
        await feed.EnrolAsync(Row(feed, "L1", r => r.TransferAnnounced = new() { SchoolNo = "S2" }), Row(feed, "L2", r => r.TransferAnnounced = new() { SchoolNo = "S2" }));
        Assert.Equal(["2026-05-13T16:00:00Z"], await education.ColumnAsync(
            "select distinct to_char(due_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from education.obligation_due where kind = $1", ReceiveTransfers.Transfer.Kind));
        Assert.Equal(["false"], await education.ColumnAsync("select distinct enrolled::text from education.class_pupil"));

        var dropout = Assert.Single(await feed.EnrolAsync(Row(feed, "L1", r => r.DroppedOut = new())));
        Assert.Equal((Verdict.Rejected, "dropped_out"), (dropout.Verdict, dropout.Field));
        await feed.EnrolAsync(Row(feed, "L1", r => r.Transferred = new() { SchoolNo = "S2", SchoolCode = SchoolFeed.Village }));

        clock.SetUtcNow(new DateTimeOffset(2026, 5, 14, 0, 1, 0, TimeSpan.FromHours(8)));
        await education.Service<ObligationSweep>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal([pupils[1].SubjectId], await education.ColumnAsync("select subject::text from education.obligation_due where state = 'Breached' and kind = $1", ReceiveTransfers.Transfer.Kind));
        await feed.EnrolAsync(feed.Enrolled("L2", schoolNo: "S2"));
        Assert.Empty(await education.ColumnAsync("select subject::text from education.obligation_due where kind = $1", ReceiveTransfers.Transfer.Kind));
        Assert.Equal(["pupil_enrolled", "pupil_transfer_announced", "pupil_enrolled"], await education.EventsOfAsync(pupils[1].SubjectId));
    }

    private static RollRow Row(SchoolFeed feed, string studentNo, Action<RollRow> fill)
    {
        var row = feed.Enrolled(studentNo);
        (row.Enrolled, row.OccurredAt) = (null, "2026-04-27T08:00:00+08:00");
        fill(row);
        return row;
    }
}
