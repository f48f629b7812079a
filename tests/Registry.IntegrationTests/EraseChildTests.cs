using System.Text.Json;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Partners;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>个人信息保护法 §47: a child's personal data goes with every row made of it, the facts stay, and no push brings anything back.</summary>
public sealed class EraseChildTests(RegistryServers servers)
{
    private readonly RunningRegistry registry = servers.Registry;
    private readonly Feed feed = servers.Partner(), other = servers.Partner();
    private readonly string number = IdNumber.Female(Feed.Born);
    private readonly Guid pupil = Guid.NewGuid();

    private CallOptions Officer => registry.AsOfficer();

    [Fact]
    public async Task The_key_and_every_derived_row_go_and_the_facts_stay_as_they_were()
    {
        var child = await ChildAsync();
        await TellPupilAsync(pupil, number);
        await SweepAsync();
        Assert.NotEmpty(await NameRowsAsync(child));
        var before = $"{await registry.FactsAsync(child)}";

        var erased = await EraseAsync(child);

        Assert.Equal((child, await VersionAsync(child)), (erased.ChildId, erased.Version));
        Assert.Equal(before, $"{await registry.FactsAsync(child)}");
        Assert.Equal("personal_data_erased", (await registry.EventsOfAsync(child))[^1]);
        var told = Assert.Single((await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { child }, Purpose = "入户核实" }, Officer)).Identities);
        Assert.Equal(("", "", "", "", Feed.Born, Sex.Female), (told.Name, told.IdNumber, told.Phone, told.Address, told.BirthDate, told.Sex));
        Assert.Equal(["|"], await registry.ColumnAsync("select name_digest || '|' || coalesce(birth_date::text, '') from registry.identity_index where child = $1", Guid.Parse(child)));
        Assert.Equal([""], await registry.ColumnAsync("select digest from registry.person where child = $1", Guid.Parse(child)));
        Assert.Equal(["true"], await registry.ColumnAsync("select (blind is null)::text from registry.linked_pupil where child = $1", Guid.Parse(child)));
        Assert.Empty(await NameRowsAsync(child));
        Assert.Empty(await registry.ColumnAsync("select child::text from registry.match_due where child = $1", Guid.Parse(child)));
        Assert.DoesNotContain(child, (await registry.Client.SearchChildrenAsync(new() { Name = "李小禾", DivisionCode = Places.County, Purpose = "入户核实" }, Officer)).ChildIds);
        await SweepAsync();
        Assert.Empty(await NameRowsAsync(child));
    }

    [Fact]
    public async Task Who_may_not_what_is_not_there_and_another_version_than_expected_are_refused_and_a_repeat_is_answered_as_it_is()
    {
        var child = await ChildAsync();
        var version = await VersionAsync(child);
        var request = new EraseChildRequest { ChildId = child, Ground = ErasureGround.PurposeAchieved, DocumentNo = "苏民〔2026〕1号", ExpectedVersion = version };
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(request, registry.AsOfficer(Places.NextCounty)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(new(request) { ChildId = $"{Guid.NewGuid()}" }, Officer));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(request, registry.AsOfficer(Places.Matian)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(request, registry.AsOfficer(department: Access.Department.Police)));
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(new(request) { ExpectedVersion = version - 1 }, Officer));
        foreach (var wrong in new EraseChildRequest[]
        {
            new(request) { ChildId = "c1" }, new(request) { Ground = ErasureGround.Unspecified }, new(request) { DocumentNo = "" },
            new(request) { DocumentNo = number }, new(request) { DocumentNo = "应家长张三要求" }, new(request) { ExpectedVersion = 0 },
        })
            Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(wrong, Officer));
        Assert.DoesNotContain("personal_data_erased", await registry.EventsOfAsync(child));

        var erased = await registry.Erasure.EraseChildAsync(request, Officer);
        Assert.Equal(erased, await registry.Erasure.EraseChildAsync(request, Officer));
        Assert.Equal(erased, await registry.Erasure.EraseChildAsync(new(request) { ExpectedVersion = 1 }, Officer));
        Assert.Single(await registry.EventsOfAsync(child), "personal_data_erased");
    }

    [Fact]
    public async Task A_closed_file_is_erased_and_an_erased_one_is_closed_and_moves()
    {
        var child = await ChildAsync();
        await registry.Client.CloseFileAsync(new() { ChildId = child, Reason = CloseReason.CloseMovedAway, ExpectedVersion = await VersionAsync(child) }, Officer);
        await EraseAsync(child);
        await registry.Client.ReopenFileAsync(new() { ChildId = child, Reason = ReopenReason.ReopenMovedBack, ExpectedVersion = await VersionAsync(child) }, Officer);
        Assert.Equal("LeftBehind", (await registry.FactsAsync(child)).GetProperty("category").GetString());

        await feed.TakeAsync(feed.Household("h1", Places.Neighbour, address: "新屋场九号"));
        Assert.StartsWith(Places.Neighbour, (await registry.FactsAsync(child)).GetProperty("residence").GetString(), StringComparison.Ordinal);
        Assert.Empty(await ReadableAsync("新屋场九号"));
        Assert.Equal(Verdict.Applied, (await feed.AskAsync(feed.Death("c1"))).Verdict);
        Assert.Equal("Deceased", (await registry.FactsAsync(child)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Last_nights_file_pushed_again_brings_nothing_back_whatever_id_it_comes_under()
    {
        var night = Night("h1", "c1");
        var child = (await feed.TakeAsync(night))[1];
        await EraseAsync(child);
        var (events, files) = (await registry.EventsOfAsync(child), await FilesAsync());

        Assert.All((await feed.PushAsync(night)).Rows, v => Assert.True(v.Repeated));
        foreach (var row in (await feed.PushAsync(night.Select(feed.Again))).Rows)
            Assert.Equal((Verdict.Unchanged, "erased"), (row.Verdict, row.Reason));
        var renamed = await feed.AskAsync(feed.Member("h1", "c1", "李改名", number: number, phone: "13800007777"));
        Assert.Equal((Verdict.Unchanged, "erased", child), (renamed.Verdict, renamed.Reason, renamed.SubjectId));
        Assert.Equal(events, await registry.EventsOfAsync(child));
        Assert.Equal(files, await FilesAsync());
        await feed.LedgerAsync();
        Assert.Empty(await ReadableAsync("李小禾", "李改名", "王桂花", "龚桂芳", "麻田村槐荫里七号", number, "13800001111", "13800007777"));
    }

    [Fact]
    public async Task Another_source_with_the_same_number_opens_no_file_and_its_household_keeps_nothing_either()
    {
        var child = await ChildAsync();
        await EraseAsync(child);
        var (events, files) = (await registry.EventsOfAsync(child), await FilesAsync());

        var told = await other.PushAsync(Night("x1", "y1", other));
        Assert.Equal((Verdict.Unchanged, "erased", child), (told.Rows[1].Verdict, told.Rows[1].Reason, told.Rows[1].SubjectId));
        Assert.All(told.Rows.Skip(3), v => Assert.Equal("erased", v.Reason));
        // Rows of the same person, and the household told again, in any order.
        Assert.Equal("erased", (await other.AskAsync(other.Carer("y1", name: "外婆丁"))).Reason);
        Assert.Equal("erased", (await other.AskAsync(other.Household("x1", address: "麻田村槐荫里七号"))).Reason);
        Assert.Equal("erased", (await other.AskAsync(other.Member("x2", "y2", number: number))).Reason);
        await other.TakeAsync(other.Household("x2", address: "麻田村槐荫里七号"));

        Assert.Equal(events, await registry.EventsOfAsync(child));
        Assert.Equal(files, await FilesAsync());
        Assert.Empty(await ReadableAsync("李小禾", "王桂花", "龚桂芳", "外婆丁", "麻田村槐荫里七号", number));
        Assert.Empty(await registry.ColumnAsync("select event_id from registry.waiting_row where source = $1", other.Source));
    }

    [Fact]
    public async Task To_whom_the_child_lies_elsewhere_is_told_that_it_is_erased_and_not_which_file_it_was()
    {
        var child = await ChildAsync();
        await EraseAsync(child);
        var next = feed.Of(Places.NextCounty);
        var told = await next.PushAsync(next.Household("n1", Places.NextCountyVillage, address: "北湖区一号"), next.Member("n1", "n1c", number: number));
        Assert.Equal((Verdict.Unchanged, "erased", ""), (told.Rows[1].Verdict, told.Rows[1].Reason, told.Rows[1].SubjectId));
    }

    [Fact]
    public async Task An_erased_number_with_another_birth_date_is_a_number_mistyped_and_loses_no_child()
    {
        await EraseAsync(await ChildAsync());
        var told = await other.PushAsync(other.Household("x1"), other.Member("x1", "y1", "赵小满", "2015-07-07", number: number));
        Assert.Equal(Verdict.Applied, told.Rows[1].Verdict);
        Assert.Contains("identity_conflict_found", await registry.EventsOfAsync(told.Rows[1].SubjectId));
    }

    [Fact]
    public async Task Waiting_rows_about_the_child_go_and_their_receipts_say_so()
    {
        var child = await ChildAsync();
        var (member, carer, elsewhere) = (other.Member("never", "y1", number: number), other.Carer("y1", name: "外婆丁"), other.Member("never", "z1", "别家孩子"));
        Assert.All((await other.PushAsync(member, carer, elsewhere)).Rows, v => Assert.Equal(Verdict.Waiting, v.Verdict));
        var next = feed.Of(Places.NextCounty);
        await next.TakeAsync(next.Household("n1", Places.NextCountyVillage));
        Assert.Equal("move_out", (await next.AskAsync(next.Member("n1", "n1c", number: number))).WaitingFor);

        await EraseAsync(child);

        Assert.Equal([elsewhere.SourceEventId], await registry.ColumnAsync("select event_id from registry.waiting_row where source = $1", other.Source));
        Assert.Empty(await registry.ColumnAsync("select event_id from registry.waiting_row where source = $1", feed.Source));
        foreach (var row in (HouseholdRow[])[member, carer])
            Assert.Equal((Verdict.Unchanged, "erased", ""), Three(await other.ReceiptAsync(row.SourceEventId)));
        Assert.Equal((1, 2), ((await other.LedgerAsync()).Waiting, (await other.LedgerAsync()).Unchanged));
        static (Verdict, string, string) Three(RowVerdict v) => (v.Verdict, v.Reason, v.WaitingFor);
    }

    [Fact]
    public async Task The_address_and_the_adults_stay_with_a_sibling_and_go_with_the_last_child()
    {
        var child = await ChildAsync();
        var sibling = (await feed.TakeAsync(feed.Member("h1", "c2", "李小苗", "2018-05-01")))[0];
        await EraseAsync(child);
        var told = Assert.Single((await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { sibling }, Purpose = "入户核实" }, Officer)).Identities);
        Assert.Equal(("李小苗", "麻田村槐荫里七号"), (told.Name, told.Address));
        Assert.Equal(Verdict.Applied, (await feed.AskAsync(Mother(feed, "h1", "龚桂香"))).Verdict);

        await EraseAsync(sibling);
        Assert.Empty(await ReadableAsync("李小苗", "龚桂香", "龚桂芳", "麻田村槐荫里七号"));
        Assert.Equal("erased", (await feed.AskAsync(Mother(feed, "h1", "龚桂花"))).Reason);

        // For another child they are told anew.
        var born = (await feed.TakeAsync(feed.Member("h1", "c3", "李小麦", "2020-05-01")))[0];
        await feed.TakeAsync(feed.Household("h1", address: "麻田村槐荫里七号"), Mother(feed, "h1", "龚桂花"));
        Assert.Equal("麻田村槐荫里七号", Assert.Single((await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { born }, Purpose = "入户核实" }, Officer)).Identities).Address);
        await EraseAsync(born);
        Assert.Empty(await ReadableAsync("李小麦", "龚桂花", "麻田村槐荫里七号"));
    }

    [Fact]
    public async Task Merged_files_are_erased_as_the_one_child_they_are()
    {
        var older = await ChildAsync();
        var newer = (await other.TakeAsync(other.Household("x1", address: "集镇二号"), other.Member("x1", "y1", "李晓禾")))[1];
        await registry.Client.ConfirmDuplicateAsync(new() { ChildId = newer, OtherId = older, ExpectedVersion = await VersionOfAsync(newer) }, Officer);

        Assert.Equal(older, (await registry.Erasure.EraseChildAsync(
            new() { ChildId = newer, Ground = ErasureGround.ChildOrGuardianAsked, DocumentNo = "1", ExpectedVersion = await VersionAsync(older) }, Officer)).ChildId);

        Assert.Empty(await ReadableAsync("李小禾", "李晓禾", "集镇二号", "麻田村槐荫里七号"));
        Assert.Equal("personal_data_erased", (await registry.EventsOfAsync(newer))[^1]);
        await registry.Client.UnlinkDuplicateAsync(new() { ChildId = newer, Reason = Protos.Registry.V1.UnmergeReason.NewEvidence, ExpectedVersion = await VersionOfAsync(newer) }, Officer);
        Assert.Equal("erased", (await other.AskAsync(other.Member("x1", "y1", "李晓禾"))).Reason);
    }

    [Fact]
    public async Task A_pupil_that_tells_the_number_before_or_after_is_erased_with_the_child_and_waits_for_nothing()
    {
        var child = await ChildAsync();
        // Waits, since the roll has another name.
        await TellPupilAsync(pupil, number, "李筱禾");
        await EraseAsync(child);
        Assert.Equal([$"{pupil}"], await PupilsToldAsync(child));

        var later = Guid.NewGuid();
        await TellPupilAsync(later, number);
        await TellPupilAsync(later, number);
        Assert.Equal([$"{pupil}", $"{later}"], await PupilsToldAsync(child));
        Assert.Empty(await registry.ColumnAsync("select pupil::text from registry.waiting_pupil where pupil = any($1)", new[] { pupil, later }));
        Assert.Empty(await registry.ColumnAsync("select pupil::text from registry.linked_pupil where pupil = $1", later));
    }

    private async Task<string> ChildAsync() => (await feed.TakeAsync(Night("h1", "c1")))[1];

    /// <summary>A household with one child left behind, its carer and an adult, as one night's file tells it.</summary>
    private List<HouseholdRow> Night(string household, string child, Feed? of = null)
    {
        var from = of ?? feed;
        return
        [
            from.Household(household, address: "麻田村槐荫里七号"), from.Member(household, child, number: number, phone: "13800001111"), Mother(from, household, "龚桂芳"),
            from.Parent(child, Parent.Father), from.Parent(child, Parent.Mother), from.Carer(child, phone: "13800001111"), from.Disability(child, 3),
        ];
    }

    private static HouseholdRow Mother(Feed from, string household, string name) => from.Row(r => r.Member = new()
    { HouseholdNo = household, PersonNo = household + "m", Name = name, BirthDate = "1990-03-03", Sex = Sex.Female, Relation = Relation.Spouse });

    private async Task<ErasedChild> EraseAsync(string child) => await registry.Erasure.EraseChildAsync(
        new() { ChildId = child, Ground = ErasureGround.PurposeAchieved, DocumentNo = "苏民〔2026〕1号", ExpectedVersion = await VersionAsync(child) }, Officer);

    private async Task<StatusCode> RefusedAsync(EraseChildRequest request, CallOptions caller) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await registry.Erasure.EraseChildAsync(request, caller))).StatusCode;

    private async Task<long> VersionAsync(string child) => (await registry.Client.WhyEligibleAsync(new() { ChildId = child }, Officer)).Version;

    private async Task<long> VersionOfAsync(string file) => (await registry.EventsOfAsync(file)).Count;

    private async Task<int> FilesAsync() =>
        (await registry.ColumnAsync("select stream_id::text from registry.mt_events where type = 'child_file_opened' and headers->>'source' = any($1)", (object)new[] { feed.Source, other.Source })).Count;

    private Task<List<string>> NameRowsAsync(string child) => registry.ColumnAsync("select token::text from registry.name_index where child = $1", Guid.Parse(child));

    private Task<List<string>> PupilsToldAsync(string child) => registry.ColumnAsync("""
        select coalesce(data->>'pupilId', data->'pupils'->>0) from registry.mt_events where stream_id = $1 and type in ('personal_data_erased', 'erased_pupil_found') order by version
        """, Guid.Parse(child));

    private Task<int> SweepAsync() => registry.Service<SuspectDuplicates>().SweepAsync(TestContext.Current.CancellationToken);

    /// <summary>Which of these words can be read in what the test's sources told, with every key that is left.</summary>
    private async Task<List<string>> ReadableAsync(params string[] words)
    {
        var stored = await registry.ColumnAsync("""
            select v from registry.mt_events e, lateral (values (data->>'identity'), (data->>'address'), (data->>'contact')) as s(v)
            where v is not null and headers->>'source' = any($1)
            """, (object)new[] { feed.Source, other.Source });
        var values = stored.Select(text => Sealed.TryParse(text, out var value) ? value : throw new InvalidOperationException("Not sealed.")).ToList();
        Assert.NotEmpty(values);
        await using var connection = await registry.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var keys = await registry.Service<PersonKeyTable>().LoadMany(connection, null, [.. values.Select(v => v.KeyId).Distinct()], TestContext.Current.CancellationToken);
        var texts = values.Select(v => keys[v.KeyId].TryUnseal(v, out var plain) ? System.Text.Encoding.UTF8.GetString(plain) : "").ToList();
        return [.. words.Where(word => texts.Exists(t => t.Contains(word, StringComparison.Ordinal)))];
    }

    private Task TellPupilAsync(Guid id, string idNumber, string name = "李小禾")
    {
        var told = new PupilAwaitsMatch(id, $"{registry.Service<RowKeysOf>().IdNumber(idNumber)}",
            registry.Service<SealedTo>().SealJson(new PupilIdentity(name, idNumber)).ToText(), DateOnly.Parse(Feed.Born, null), Contracts.Registry.Sex.Female);
        var fact = new PagedEvent(1, Guid.NewGuid(), id, 1, id, "pupil_awaits_match", DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, JsonSerializer.Serialize(told, EventTypes.Json));
        return registry.Service<EventStore>().RunAsync(
            work => new MatchPupils(registry.Service<SealedTo>(), registry.Service<KeyedDigest>()).HandleAsync(work, [fact], TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
    }
}
