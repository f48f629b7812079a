using System.Text.Json;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Rows on health, aid, guardian and death: verdicts by field, waiting, repeated, superseded, and what they make of the file.</summary>
public sealed class NeedsRowsTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task A_wrong_field_is_named_and_the_right_rows_of_the_batch_are_applied()
    {
        var child = await ChildAsync("h1");
        (string? Field, HouseholdRow Row)[] rows =
        [
            ("disability_certified.grade", feed.Disability("h1c", 5)), ("disability_certified.kind", feed.Disability("h1c", 1, (DisabilityKind)9)),
            ("illness_diagnosed.kind", feed.Illness("h1c", IllnessKind.Unspecified)), ("aid_granted.kind", feed.Granted("h1c", (AidKind)9)),
            ("aid_ended.kind", feed.Ended("h1c", AidKind.Unspecified)), ("guardianship_changed.guardian", feed.Guardian("h1c", (GuardianKind)9)),
            ("death.person_no", feed.Death("")), ("death.parent", feed.Death("h1c", (Parent)9)),
            ("member.hukou_code", feed.Row(r => r.Member = new() { HouseholdNo = "h1", PersonNo = "x", HukouCode = "99" })),
            (null, feed.Granted("h1c", AidKind.MinimumLiving)),
        ];
        var answer = await feed.PushAsync(rows.Select(r => r.Row));
        Assert.Equal(rows.Select(r => r.Field), answer.Rows.Select(v => v.Verdict is Verdict.Rejected ? v.Field : null));
        Assert.Equal((Verdict.Applied, child), (answer.Rows[^1].Verdict, answer.Rows[^1].SubjectId));
    }

    [Fact]
    public async Task Each_kind_of_row_is_applied_once_then_unchanged_and_the_file_says_so()
    {
        var child = await ChildAsync("h1");
        HouseholdRow[] rows =
        [
            feed.Disability("h1c", 2), feed.Illness("h1c"), feed.Granted("h1c", AidKind.MinimumLiving), feed.Granted("h1c", AidKind.Medical),
            feed.Guardian("h1c", GuardianKind.GuardianMissing),
        ];
        await feed.TakeAsync(rows);
        var again = await feed.PushAsync(rows.Select(feed.Again));
        Assert.All(again.Rows, v => Assert.Equal((Verdict.Unchanged, child), (v.Verdict, v.SubjectId)));
        Assert.All((await feed.PushAsync(rows)).Rows, v => Assert.Equal((Verdict.Applied, true), (v.Verdict, v.Repeated)));
        var facts = await feed.Registry.FactsAsync(child);
        Assert.Equal(("InDifficulty", "SeriousIllness, SevereDisability, Hardship, GuardianMissing"), (Text(facts, "category"), Text(facts, "difficulties")));
        Assert.Equal(("Grade2", "Serious", "MinimumLiving, Medical", "Missing"), (Text(facts, "disability"), Text(facts, "illness"), Text(facts, "aid"), Text(facts, "guardian")));
        Assert.Single(await feed.Registry.EventsOfAsync(child), "illness_recorded");
    }

    [Fact]
    public async Task Rows_on_an_unknown_child_wait_and_are_taken_when_it_comes()
    {
        HouseholdRow[] rows = [feed.Disability("h1c", 1), feed.Illness("h1c"), feed.Granted("h1c", AidKind.ExtremePoverty), feed.Ended("h1c", AidKind.Medical), feed.Guardian("h1c", GuardianKind.GuardianGrandparents)];
        Assert.All((await feed.PushAsync(rows)).Rows, v => Assert.Equal((Verdict.Waiting, "member"), (v.Verdict, v.WaitingFor)));
        var child = await ChildAsync("h1");
        foreach (var row in rows)
            Assert.Equal((Verdict.Applied, child), (await feed.ReceiptAsync(row.SourceEventId)) is var r ? (r.Verdict, r.SubjectId) : default);
        Assert.Equal("InDifficulty", Text(await feed.Registry.FactsAsync(child), "category"));
    }

    [Fact]
    public async Task The_source_s_order_decides_for_each_thing_by_itself()
    {
        var child = await ChildAsync("h1");
        var (granted, ended, other) = (feed.Granted("h1c", AidKind.MinimumLiving), feed.Ended("h1c", AidKind.MinimumLiving), feed.Granted("h1c", AidKind.Medical));
        other.SourceSequence = 1;
        await feed.TakeAsync(ended);
        Assert.Equal(Verdict.Superseded, (await feed.AskAsync(granted)).Verdict);
        await feed.TakeAsync(other);
        Assert.Equal("Medical", Text(await feed.Registry.FactsAsync(child), "aid"));
        // A parent's death and that parent's statuses are one thing.
        var (late, death) = (feed.Parent("h1c", Parent.Father, ParentState.AtHome), feed.Death("h1c", Parent.Father));
        await feed.TakeAsync(death);
        Assert.Equal(Verdict.Superseded, (await feed.AskAsync(late)).Verdict);
    }

    [Fact]
    public async Task When_it_happened_is_kept_and_a_ground_that_ends_is_an_event_with_its_reason()
    {
        var child = await ChildAsync("h1");
        var (ill, well) = (feed.Illness("h1c"), feed.Illness("h1c", ended: true));
        (ill.OccurredAt, well.OccurredAt) = ("2025-01-05T09:30:00+08:00", "2025-12-01T08:00:00+08:00");
        await feed.TakeAsync(ill);
        await feed.TakeAsync(well);
        var kept = await feed.Registry.ColumnAsync(
            "select type || ' ' || (headers->>'on') || ' ' || coalesce(data->>'why', '') from registry.mt_events where stream_id = $1 and version > 1 order by version", Guid.Parse(child));
        Assert.Equal(["illness_recorded 20250105 ", "category_changed 20250105 DifficultyFound", "illness_recorded 20251201 ", "category_changed 20251201 DifficultyEnded"], kept);
    }

    [Fact]
    public async Task A_childs_death_closes_its_file_for_good()
    {
        var child = (await feed.TakeAsync(feed.Family("h1")))[1];
        var death = feed.Death("h1c");
        await feed.TakeAsync(death);
        var facts = await feed.Registry.FactsAsync(child);
        Assert.Equal(("Deceased", "None"), (Text(facts, "state"), Text(facts, "category")));
        Assert.Equal(Verdict.Unchanged, (await feed.AskAsync(feed.Again(death))).Verdict);
        await feed.TakeAsync(feed.Granted("h1c", AidKind.MinimumLiving));
        Assert.Equal("None", Text(await feed.Registry.FactsAsync(child), "category"));
        Assert.Empty(await feed.Registry.ColumnAsync("select child::text from registry.due_determination where child = $1", Guid.Parse(child)));
    }

    [Fact]
    public async Task A_parents_death_is_that_parents_status_and_another_adults_leaves_the_household()
    {
        var child = (await feed.TakeAsync(feed.Family("h1")))[1];
        await feed.TakeAsync(feed.Death("h1c", Parent.Mother));
        Assert.Equal(("LeftBehind", "OneOutOtherWithoutCapacity"), (await feed.Registry.FactsAsync(child)) is var one ? (Text(one, "category"), Text(one, "reason")) : default);
        await feed.TakeAsync(feed.Death("h1c", Parent.Father));
        Assert.Equal(("InDifficulty", "DeFactoUnsupported"), (await feed.Registry.FactsAsync(child)) is var both ? (Text(both, "category"), Text(both, "difficulties")) : default);

        var grandmother = feed.Member("h1", "g", "王桂花", "1950-01-01");
        var household = (await feed.TakeAsync(grandmother))[0];
        var death = feed.Death("g");
        await feed.TakeAsync(death);
        Assert.Equal("member_left", (await feed.Registry.EventsOfAsync(household))[^1]);
        Assert.Equal(Verdict.Unchanged, (await feed.AskAsync(feed.Again(death))).Verdict);
        Assert.Equal((Verdict.Rejected, "illness_diagnosed.person_no"), (await feed.AskAsync(feed.Illness("g"))) is var v ? (v.Verdict, v.Field) : default);
    }

    [Fact]
    public async Task A_child_of_somebody_elses_division_is_refused()
    {
        await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "h1c"));
        await feed.TakeAsync(feed.Household("h1", Places.NextCountyVillage));
        foreach (var row in new[] { feed.Disability("h1c", 1), feed.Death("h1c"), feed.Guardian("h1c", GuardianKind.GuardianParents) })
            Assert.Equal(Verdict.Rejected, (await feed.AskAsync(row)).Verdict);
    }

    [Fact]
    public async Task Where_a_child_is_registered_is_apart_from_where_it_lives()
    {
        await feed.TakeAsync(feed.Household("h1"));
        var member = feed.Member("h1", "c1");
        member.Member.HukouCode = "4401";
        var child = (await feed.TakeAsync(member))[0];
        var facts = await feed.Registry.FactsAsync(child);
        Assert.Equal(("4401@2023", Places.Matian + "@2023"), (Text(facts, "hukou"), Text(facts, "residence")));
        Assert.Equal(Verdict.Unchanged, (await feed.AskAsync(feed.Again(member))).Verdict);
    }

    [Fact]
    public async Task Live_rows_come_as_CloudEvents_of_their_own_types()
    {
        var child = await ChildAsync("h1");
        var sequence = 1000;
        string Event(string kind, string data) => $$"""
            {"specversion":"1.0","id":"live-{{++sequence}}","source":"/x","type":"cn.leftbehind.household.{{kind}}","sequence":"{{sequence}}","time":"2026-03-01T08:00:00+08:00","data":{{data}}}
            """;
        var body = string.Join(',', Event("disability_certified", """{"personNo":"h1c","grade":1,"kind":"MENTAL"}"""), Event("illness_diagnosed", """{"personNo":"h1c","kind":"EPILEPSY"}"""),
            Event("aid_granted", """{"personNo":"h1c","kind":"BASIC_LIVING_ALLOWANCE"}"""), Event("aid_ended", """{"personNo":"h1c","kind":"TEMPORARY"}"""),
            Event("guardianship_changed", """{"personNo":"h1c","guardian":"GUARDIAN_OTHER_RELATIVE"}"""), Event("death", """{"personNo":"h1c","parent":"MOTHER"}"""),
            Event("illness_diagnosed", """{"personNo":"h1c","kind":"EPILEPSY","text":"..."}"""));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/households:push")
        { Content = new StringContent($"[{body}]", System.Text.Encoding.UTF8, "application/cloudevents-batch+json") };
        request.Headers.Add("authorization", "Bearer " + feed.Registry.Token(Access.Department.Partner, Access.Role.Partner, Places.County, feed.Source));
        using var answer = await feed.Registry.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var verdicts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("rows").EnumerateArray()
            .Select(r => r.GetProperty("verdict").GetString()).ToList();
        // No room for the text of a diagnosis.
        Assert.Equal([.. Enumerable.Repeat("APPLIED", 6), "REJECTED"], verdicts);
        var facts = await feed.Registry.FactsAsync(child);
        Assert.Equal("SevereDisability, DeFactoUnsupported", Text(facts, "difficulties"));
    }

    private async Task<string> ChildAsync(string no) => (await feed.TakeAsync(feed.Household(no), feed.Member(no, no + "c")))[1];

    private static string? Text(JsonElement facts, string member) => facts.TryGetProperty(member, out var value) ? value.GetString() : null;
}
