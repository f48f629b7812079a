using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Registry;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Reads.V1;
using LeftBehind.TestKit;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>联系卡, on real servers: given by the school, sealed, read for a purpose, gone with the pupil; calls home logged.</summary>
public sealed class ContactCardTests(EducationServers servers)
{
    private const string Phone = "13907351234", Name = "王桂香";
    private readonly SetClock clock = new(new DateTimeOffset(2026, 4, 27, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_card_is_given_by_the_school_sealed_read_for_a_purpose_and_gone_with_the_pupil()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, registry, client) = (new SchoolFeed(education, clock), new RegistryTells(education, clock), new V1.ContactCards.ContactCardsClient(education.Channel));
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        var give = Give(pupil, 0);
        var given = await client.GiveContactCardAsync(give, education.AsSchool("S1"));
        Assert.Equal((1, 1, "2026-04-24", "teacher-7", ContactRelation.Mother, 0), (given.Version, given.Edition, given.GivenOn, given.SignedBySchool, given.SignedByHousehold, given.Contacts.Count));
        Assert.Equal(given, await client.GiveContactCardAsync(give, education.AsSchool("S1")));
        await client.LogHelpedCallAsync(Call(pupil, 1, connected: true), education.AsSchool("S1"));
        var called = await client.LogHelpedCallAsync(Call(pupil, 2, connected: false), feed.AsBureau());
        Assert.Equal((2, 1, "2026-04-25", 2), (called.Calls, called.ConnectedCalls, called.LastCallOn, called.CallLog.Count));

        Assert.Empty((await client.GetContactCardAsync(new() { PupilId = pupil }, education.AsOfficer())).Contacts);
        var open = Assert.Single((await client.GetContactCardAsync(new() { PupilId = pupil, Purpose = "联系家长" }, education.AsOfficer())).Contacts);
        Assert.Equal((ContactRelation.Mother, Name, Phone), (open.Relation, open.Name, open.Phone));
        Assert.Single((await client.GetContactCardAsync(new() { PupilId = pupil, Purpose = "联系家长" }, education.AsSchool("S1"))).Contacts);
        var reads = (await new PersonalReads.PersonalReadsClient(education.Channel).ListReadsAsync(new() { DivisionCode = Places.County, SubjectId = pupil }, education.AsOfficer())).Reads;
        Assert.Equal(["civil-affairs officer contact-card 联系家长", "education school contact-card 联系家长"], reads.Select(r => $"{r.Department} {r.Role} {r.What} {r.Purpose}").Order());
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => client.GetContactCardAsync(new() { PupilId = pupil, Purpose = "联系家长" }, feed.AsBureau())));
        Assert.Empty(await education.ColumnAsync("select data::text from education.mt_events where data::text like '%王桂香%' or data::text like '%13907351234%'"));
        Assert.DoesNotContain(education.Logs.Lines, l => l.Contains(Name, StringComparison.Ordinal) || l.Contains(Phone, StringComparison.Ordinal));

        var child = Guid.NewGuid();
        await registry.TellAsync((child, new PersonalDataErased(child, [Guid.Parse(pupil)])));
        Assert.Empty((await client.GetContactCardAsync(new() { PupilId = pupil, Purpose = "联系家长" }, education.AsOfficer())).Contacts);
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(() => client.GiveContactCardAsync(Give(pupil, 3), education.AsSchool("S1"))));
    }

    [Fact]
    public async Task What_cannot_be_recorded_says_why()
    {
        await using var education = await servers.StartAsync(clock);
        var (feed, client) = (new SchoolFeed(education, clock), new V1.ContactCards.ContactCardsClient(education.Channel));
        var pupil = (await feed.EnrolAsync(feed.Enrolled("L1")))[0].SubjectId;
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.GetContactCardAsync(new() { PupilId = pupil }, education.AsOfficer())));
        foreach (var wrong in (Action<GiveContactCardRequest>[])
        [
            r => r.Contacts.Clear(), r => r.Contacts.Add(Enumerable.Range(0, 6).Select(_ => r.Contacts[0].Clone())), r => r.Contacts[0].Phone = "打给妈妈", r => r.Contacts[0].Phone = "1", r => r.Contacts[0].Name = "",
            r => r.Contacts[0].Relation = default, r => r.On = "2026-04-28", r => r.SignedBySchool = "王老师", r => r.RequestId = "1",
        ])
        {
            var request = Give(pupil, 0);
            wrong(request);
            Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.GiveContactCardAsync(request, education.AsSchool("S1"))));
        }
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(() => client.LogHelpedCallAsync(new(Call(pupil, 0, true)) { Kind = default }, education.AsSchool("S1"))));
        Assert.Equal(StatusCode.Aborted, await StatusAsync(() => client.LogHelpedCallAsync(Call(pupil, 1, true), education.AsSchool("S1"))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.GiveContactCardAsync(Give(pupil, 0), education.AsSchool("S2"))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => client.LogHelpedCallAsync(Call(pupil, 0, true), feed.AsBureau(Places.NextCounty))));
        Assert.Equal(StatusCode.PermissionDenied, await StatusAsync(() => client.GiveContactCardAsync(Give(pupil, 0), education.AsOfficer())));
    }

    private static GiveContactCardRequest Give(string pupil, long version) => new()
    {
        PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-04-24", SignedBySchool = "teacher-7", SignedByHousehold = ContactRelation.Mother, ExpectedVersion = version,
        Contacts = { new Contact { Relation = ContactRelation.Mother, Name = Name, Phone = Phone } },
    };

    private static LogHelpedCallRequest Call(string pupil, long version, bool connected) =>
        new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = "2026-04-25", Kind = CallKind.Video, Connected = connected, ExpectedVersion = version };

    private static async Task<StatusCode> StatusAsync(Func<AsyncUnaryCall<V1.ContactCard>> call) => (await Assert.ThrowsAsync<RpcException>(async () => await call())).StatusCode;
}
