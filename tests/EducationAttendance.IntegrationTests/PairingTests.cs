using Grpc.Core;
using LeftBehind.Contracts.Registry;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>结对帮扶, on real servers: recorded by the school, sealed, listed, ended with the enrolment.</summary>
public sealed class PairingTests(EducationServers servers)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_school_pairs_a_pupil_talks_visits_plans_and_all_texts_are_sealed()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        var client = new V1.Pairings.PairingsClient(education.Channel);
        var begin = Begin(pupil);
        var paired = await client.BeginPairingAsync(begin, education.AsSchool("S1"));
        Assert.Equal((1, true, "teacher-7"), (paired.Version, paired.Active, paired.Helper));
        Assert.Equal(paired, await client.BeginPairingAsync(begin, education.AsSchool("S1")));
        await client.RecordSupportAsync(Support(pupil, SupportKind.Talk, 1, "想念父母，情绪低落"), education.AsSchool("S1"));
        await client.RecordSupportAsync(Support(pupil, SupportKind.HelpedCall, 2), education.AsSchool("S1"));
        var planned = await client.MakePlanAsync(new()
        { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-04-27", Plan = "每周与外婆王桂香沟通一次", ExpectedVersion = 3 }, feed.AsBureau());
        Assert.Equal((4, 1, 0, 1, true), (planned.Version, planned.Talks, planned.HomeVisits, planned.HelpedCalls, planned.HasPlan));
        Assert.Equal("", planned.Plan);

        var closed = await client.GetPairingAsync(new() { PupilId = pupil }, education.AsOfficer());
        Assert.Equal(("", "", ""), (closed.Plan, closed.Record[0].Note, closed.Record[1].Note));
        var open = await client.GetPairingAsync(new() { PupilId = pupil, Purpose = "核对结对" }, education.AsOfficer());
        Assert.Equal(("每周与外婆王桂香沟通一次", "想念父母，情绪低落"), (open.Plan, open.Record[0].Note));
        Assert.Equal(["核对结对"], await education.ColumnAsync("select purpose from education.personal_read"));
        Assert.Empty(await education.ColumnAsync("select data::text from education.mt_events where data::text like '%王桂香%' or data::text like '%情绪%'"));
        Assert.DoesNotContain(education.Logs.Lines, l => l.Contains("王桂香", StringComparison.Ordinal));

        Assert.Equal(pupil, Assert.Single((await client.ListPairingsAsync(new() { DivisionCode = Places.County, SchoolNo = "S1" }, education.AsSchool("S1"))).Pairings).PupilId);
        await client.EndPairingAsync(new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-04-27", Reason = V1.PairingEnd.Completed, ExpectedVersion = 4 }, education.AsSchool("S1"));
        Assert.Empty((await client.ListPairingsAsync(new() { DivisionCode = Places.County }, education.AsOfficer())).Pairings);
    }

    [Fact]
    public async Task A_pairing_ends_with_the_enrolment_and_with_the_erasure()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry) = (new SchoolFeed(education, clock), new RegistryTells(education, clock));
        var pupils = (await feed.EnrolAsync(feed.Enrolled("L1"), feed.Enrolled("L2"), feed.Enrolled("L3"))).ConvertAll(v => v.SubjectId);
        var client = new V1.Pairings.PairingsClient(education.Channel);
        foreach (var pupil in pupils)
            await client.BeginPairingAsync(Begin(pupil), feed.AsBureau());
        await feed.EnrolAsync(feed.Enrolled("L1", schoolNo: "S2"));
        var child = Guid.NewGuid();
        await registry.TellAsync((child, new PersonalDataErased(child, [Guid.Parse(pupils[1])])));
        Assert.Equal([pupils[2]], (await client.ListPairingsAsync(new() { DivisionCode = Places.County }, feed.AsBureau())).Pairings.Select(p => p.PupilId));
        Assert.Equal(V1.PairingEnd.PupilLeft, (await client.GetPairingAsync(new() { PupilId = pupils[0] }, feed.AsBureau())).Ended);
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => client.BeginPairingAsync(Begin(pupils[1]), feed.AsBureau())));
    }

    [Fact]
    public async Task What_cannot_be_recorded_says_why()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        var client = new V1.Pairings.PairingsClient(education.Channel);
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.GetPairingAsync(new() { PupilId = pupil }, feed.AsBureau())));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.BeginPairingAsync(new(Begin(pupil)) { Helper = "" }, feed.AsBureau())));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.BeginPairingAsync(new(Begin(pupil)) { Helper = "王老师" }, feed.AsBureau())));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.BeginPairingAsync(new(Begin(pupil)) { On = "2026-04-28" }, feed.AsBureau())));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.BeginPairingAsync(new(Begin(pupil)) { CommitmentSignedOn = "2026-5-1" }, feed.AsBureau())));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.BeginPairingAsync(new(Begin(pupil)) { Need = default }, feed.AsBureau())));
        Assert.Equal(StatusCode.Aborted, await StatusAsync(() => client.BeginPairingAsync(new(Begin(pupil)) { ExpectedVersion = 1 }, feed.AsBureau())));
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => client.RecordSupportAsync(Support(pupil, SupportKind.Talk, 0), feed.AsBureau())));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.BeginPairingAsync(Begin(pupil), education.AsSchool("S2"))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.BeginPairingAsync(Begin(pupil), feed.AsBureau(Places.NextCounty))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => client.BeginPairingAsync(Begin(pupil), education.AsOfficer())));
        await client.BeginPairingAsync(Begin(pupil), feed.AsBureau());
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.EndPairingAsync(
            new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-04-27", Reason = V1.PairingEnd.PupilLeft, ExpectedVersion = 1 }, feed.AsBureau())));
    }

    private static BeginPairingRequest Begin(string pupil) => new()
    { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-04-20", Need = PairingNeed.LeftBehind, Helper = "teacher-7", CommitmentSignedOn = "2026-04-20" };

    private static RecordSupportRequest Support(string pupil, SupportKind kind, long version, string note = "") => new()
    { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-04-24", Kind = kind, Note = note, ExpectedVersion = version };

    private static async Task<StatusCode> StatusAsync(Func<AsyncUnaryCall<V1.Pairing>> call) => (await Assert.ThrowsAsync<RpcException>(async () => await call())).StatusCode;
}
