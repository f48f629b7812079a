using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>The feed of what becomes of rows, read as a partner's system does that may end at any moment.</summary>
public sealed class ReceiptFeedTests(EducationServers servers)
{
    private readonly Queue<ReceiptChange> told = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_is_killed_anywhere_while_partners_push_at_once_sees_every_verdict_in_order_and_misses_none()
    {
        const int Pushers = 4, Batches = 12, ABatch = 10;
        await using var education = await servers.StartAsync(TimeProvider.System);
        var pushing = Task.WhenAll(Enumerable.Range(0, Pushers).Select(pusher => Task.Run(async () =>
        {
            // Every second batch speaks of pupils that only the next one enrols: its rows wait, and are decided then.
            for (var batch = 0; batch < Batches; batch++)
                await PushAsync(education, "roll", [.. Enumerable.Range(0, ABatch).Select(i => Row(pusher, batch, i))]);
        }, Ct)));

        var (random, cursor, taken, begun) = (new Random(5), "", new Dictionary<long, ReceiptChange>(), 0);
        var (order, ended) = (new List<long>(), false);
        while (!ended)
        {
            begun++;
            var pushed = pushing.IsCompleted;
            using var call = education.Feed.FollowReceipts(new() { Source = "roll", Cursor = cursor }, education.As("roll", Places.County));
            for (var answers = random.Next(1, 5); answers > 0 && await call.ResponseStream.MoveNext(Ct); answers--)
            {
                foreach (var change in call.ResponseStream.Current.Changes.Where(c => taken.TryAdd(c.Number, c)))
                    order.Add(change.Number);
                // One in four dies after taking what was told and before keeping the cursor.
                if (random.Next(4) == 0)
                    break;
                cursor = call.ResponseStream.Current.Cursor;
                if (!call.ResponseStream.Current.CaughtUp)
                    continue;
                ended = pushed;
                break;
            }
        }

        await pushing;
        Assert.True(begun > 3, $"It was begun {begun} times.");
        Assert.Equal(order.Order(), order);
        var all = await AllAsync(education, "roll");
        Assert.Equal(all.Select(c => c.Number), order);
        var ofRow = all.GroupBy(c => c.Verdict.SourceEventId).ToDictionary(g => g.Key, g => g.Select(c => c.Verdict.Verdict).ToArray());
        for (var pusher = 0; pusher < Pushers; pusher++)
            for (var batch = 0; batch < Batches; batch++)
                for (var i = 0; i < ABatch; i++)
                    Assert.Equal(batch % 2 == 0 ? [Verdict.Waiting, Verdict.Applied] : [Verdict.Applied], ofRow[$"{pusher}.{batch}.{i}"]);
        Assert.Equal(Pushers * Batches * ABatch, ofRow.Count);
        Assert.All(all.Where(c => c.Verdict.Verdict is Verdict.Applied), c => Assert.True(Guid.TryParse(c.Verdict.SubjectId, out _)));
    }

    [Fact]
    public async Task A_row_is_told_when_it_waits_and_when_it_is_decided_in_one_call_and_a_repeat_is_no_change()
    {
        await using var education = await servers.StartAsync(TimeProvider.System);
        using var call = education.Feed.FollowReceipts(new() { Source = "roll" }, education.As("roll", Places.County));
        await PushAsync(education, "roll", Row(0, 0, 0));
        Assert.Equal(("0.0.0", Verdict.Waiting, "enrolment"), Of(await NextAsync(call)));
        await PushAsync(education, "roll", Row(0, 0, 0));
        await PushAsync(education, "roll", Row(0, 1, 0));
        Assert.Equal([("0.0.0", Verdict.Applied, ""), ("0.1.0", Verdict.Applied, "")], new[] { Of(await NextAsync(call)), Of(await NextAsync(call)) }.Order());
        Assert.Equal(3, (await AllAsync(education, "roll")).Count);
    }

    [Fact]
    public async Task A_partner_follows_its_own_rows_and_the_bureau_those_pushed_for_its_county()
    {
        await using var education = await servers.StartAsync(TimeProvider.System);
        await PushAsync(education, "roll", Row(0, 1, 0));
        await PushAsync(education, "other-roll", Row(1, 1, 0));
        await PushAsync(education, "next-roll", Places.NextCounty, Row(2, 1, 0));

        Assert.Equal(["0.1.0"], (await AllAsync(education, "roll")).Select(c => c.Verdict.SourceEventId));
        Assert.Equal(["roll", "other-roll"], (await OfDivisionAsync(education, Places.County)).Select(c => c.Source));
        Assert.Equal(["next-roll"], (await OfDivisionAsync(education, Places.NextCounty)).Select(c => c.Source));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(education, new() { Source = "other-roll" }));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => OfDivisionAsync(education, Places.NextCounty, Places.County))).StatusCode);
    }

    [Theory]
    [InlineData("早")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_that_is_none_or_of_another_store_is_refused(string cursor)
    {
        await using var education = await servers.StartAsync(TimeProvider.System);
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(education, new() { Source = "roll", Cursor = cursor }));
    }

    /// <summary>Row of a batch: a leave in the even ones, the enrolment of the same pupil in the odd ones that follow.</summary>
    private static RollRow Row(int pusher, int batch, int i)
    {
        var row = new RollRow
        {
            SourceEventId = $"{pusher}.{batch}.{i}", SourceSequence = batch % 2 == 0 ? 2 : 1, OccurredAt = "2026-03-02T08:00:00+08:00", StudentNo = $"L{pusher:00}{batch / 2:000}{i:000}",
        };
        if (batch % 2 == 0)
            row.OnLeave = new() { ApprovalNo = "区教〔2026〕3号", ApprovedBy = Approver.CountyEducation };
        else
            row.Enrolled = new() { Name = "李小禾", BirthDate = "2016-05-01", Sex = Sex.Female, SchoolNo = "S1", SchoolCode = Places.Matian, Stage = Stage.Primary };
        return row;
    }

    private static Task PushAsync(RunningEducation education, string source, params RollRow[] rows) => PushAsync(education, source, Places.County, rows);

    private static async Task PushAsync(RunningEducation education, string source, string division, params RollRow[] rows)
    {
        using var push = education.Client.PushStudentRoll(education.As(source, division));
        await push.RequestStream.WriteAsync(new() { BatchId = "b", Rows = { rows } }, Ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(Ct));
    }

    private async Task<ReceiptChange> NextAsync(AsyncServerStreamingCall<ReceiptChanges> call)
    {
        while (told.Count == 0 && await call.ResponseStream.MoveNext(Ct))
            foreach (var change in call.ResponseStream.Current.Changes)
                told.Enqueue(change);
        return told.Dequeue();
    }

    private static (string, Verdict, string) Of(ReceiptChange change) => (change.Verdict.SourceEventId, change.Verdict.Verdict, change.Verdict.WaitingFor);

    private static async Task<List<ReceiptChange>> AllAsync(RunningEducation education, string source)
    {
        using var call = education.Feed.FollowReceipts(new() { Source = source }, education.As(source, Places.County));
        return await AllAsync(call);
    }

    private static async Task<List<ReceiptChange>> OfDivisionAsync(RunningEducation education, string division, string? bureau = null)
    {
        using var call = education.Client.FollowDivisionReceipts(new() { DivisionCode = division }, education.AsOfficer(bureau ?? division, Department.Education));
        return await AllAsync(call);
    }

    /// <summary>From the beginning until that was all.</summary>
    private static async Task<List<ReceiptChange>> AllAsync(AsyncServerStreamingCall<ReceiptChanges> call)
    {
        var changes = new List<ReceiptChange>();
        while (await call.ResponseStream.MoveNext(Ct))
        {
            changes.AddRange(call.ResponseStream.Current.Changes);
            if (call.ResponseStream.Current.CaughtUp)
                return changes;
        }
        throw new InvalidOperationException("The feed ended.");
    }

    private static async Task<StatusCode> RefusedAsync(RunningEducation education, FollowReceiptsRequest request) => (await Assert.ThrowsAsync<RpcException>(async () =>
    {
        using var call = education.Feed.FollowReceipts(request, education.As("roll", Places.County));
        await call.ResponseStream.MoveNext(Ct);
    })).StatusCode;
}
