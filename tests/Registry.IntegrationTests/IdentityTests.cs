using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>One child, one file; two children, two files; and a bad number never loses a child.</summary>
public sealed class IdentityTests(RegistryServers servers)
{
    private static int persons;

    // Only the population base confirms identities; its things are kept apart by their own numbers.
    private readonly Feed population = new(servers.Registry, "population-base", Places.County);
    private readonly Feed second = servers.Partner();
    private readonly string run = $"i{Interlocked.Increment(ref persons)}-{Guid.NewGuid():N}"[..12];

    private string H(int n = 1) => $"{run}h{n}";

    private string P(int n = 1) => $"{run}p{n}";

    private HouseholdRow Tell(Feed feed, HouseholdRow row)
    {
        if (feed.Source == "population-base")
            (row.SourceEventId, row.SourceSequence) = ($"{run}-{row.SourceEventId}", row.SourceSequence);
        return row;
    }

    private async Task<RowVerdict> TellAsync(Feed feed, HouseholdRow row) => await feed.AskAsync(Tell(feed, row));

    private async Task<bool> VerifiedAsync(string child) => (await servers.Registry.FactsAsync(child)).GetProperty("verified").GetBoolean();

    [Fact]
    public async Task The_population_base_confirms_a_number_whose_birth_date_agrees()
    {
        await TellAsync(population, population.Household(H()));
        var told = await TellAsync(population, population.Member(H(), P(), number: IdNumber.Female(Feed.Born)));
        Assert.Equal((Verdict.Applied, ""), (told.Verdict, told.Reason));
        Assert.True(await VerifiedAsync(told.SubjectId));
    }

    [Fact]
    public async Task A_number_with_a_prefix_that_was_abolished_is_accepted_with_a_warning()
    {
        await TellAsync(population, population.Household(H()));
        var told = await TellAsync(population, population.Member(H(), P(), number: IdNumber.Female(Feed.Born, "432821")));
        Assert.Equal((Verdict.Applied, "member.id_number", "warning: its prefix is of a division that was abolished"), (told.Verdict, told.Field, told.Reason));
        Assert.True(await VerifiedAsync(told.SubjectId));
    }

    [Fact]
    public async Task A_number_of_15_digits_is_accepted_and_remarked()
    {
        await TellAsync(population, population.Household(H()));
        var told = await TellAsync(population, population.Member(H(), P(), "王桂花", "1955-03-08", "432821550308002"));
        Assert.Equal((Verdict.Applied, "member.id_number"), (told.Verdict, told.Field));
        Assert.StartsWith("warning: 15 digits", told.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WrongCheckDigit")]
    [InlineData("WrongBirthDate")]
    [InlineData("WrongForm")]
    public async Task A_bad_number_keeps_the_file_unverified(string fault)
    {
        var number = fault switch { "WrongCheckDigit" => IdNumber.Mistyped(IdNumber.Female(Feed.Born)), "WrongBirthDate" => "431003201602300021", _ => "不详" };
        await TellAsync(population, population.Household(H()));
        var told = await TellAsync(population, population.Member(H(), P(), number: number));
        Assert.Equal((Verdict.Applied, "member.id_number", $"warning: {fault}; the file is kept unverified"), (told.Verdict, told.Field, told.Reason));
        Assert.False(await VerifiedAsync(told.SubjectId));
    }

    [Fact]
    public async Task A_birth_date_other_than_the_numbers_keeps_the_file_unverified()
    {
        await TellAsync(population, population.Household(H()));
        var told = await TellAsync(population, population.Member(H(), P(), born: "2016-05-02", number: IdNumber.Female(Feed.Born)));
        Assert.Equal((Verdict.Applied, "member.birth_date"), (told.Verdict, told.Field));
        Assert.False(await VerifiedAsync(told.SubjectId));
    }

    [Fact]
    public async Task A_number_whose_birth_date_is_still_to_come_tells_no_birth_date()
    {
        await TellAsync(population, population.Household(H()));
        var told = await TellAsync(population, population.Member(H(), P(), born: "", number: IdNumber.Female("2060-01-01")));
        Assert.Equal(Verdict.Applied, told.Verdict);
        Assert.False((await servers.Registry.FactsAsync(told.SubjectId)).TryGetProperty("birthDate", out _));
    }

    [Fact]
    public async Task A_siblings_number_on_a_child_is_a_conflict_of_two_children()
    {
        var number = IdNumber.Female(Feed.Born);
        await TellAsync(population, population.Household(H()));
        var owner = await TellAsync(population, population.Member(H(), P(1), "李小禾", number: number));
        var sibling = await TellAsync(population, population.Member(H(), P(2), "李小苗", "2018-07-09", number));
        Assert.NotEqual(owner.SubjectId, sibling.SubjectId);
        Assert.Contains("identity_conflict_found", await servers.Registry.EventsOfAsync(sibling.SubjectId));
        Assert.Equal((true, false), (await VerifiedAsync(owner.SubjectId), await VerifiedAsync(sibling.SubjectId)));
    }

    [Fact]
    public async Task A_number_told_by_mistake_goes_back_to_its_owner_once_it_is_corrected()
    {
        var (number, own) = (IdNumber.Female(Feed.Born), IdNumber.Female("2018-07-09"));
        await TellAsync(population, population.Household(H()));
        var mistaken = await TellAsync(population, population.Member(H(), P(1), "李小苗", "2018-07-09", number));
        var owner = await TellAsync(population, population.Member(H(), P(2), "李小禾", number: number));
        Assert.False(await VerifiedAsync(owner.SubjectId));

        await TellAsync(population, population.Member(H(), P(1), "李小苗", "2018-07-09", own));
        var again = await TellAsync(population, population.Member(H(), P(2), "李小禾", number: number));

        Assert.Equal((Verdict.Applied, owner.SubjectId), (again.Verdict, again.SubjectId));
        Assert.Equal((true, true), (await VerifiedAsync(mistaken.SubjectId), await VerifiedAsync(owner.SubjectId)));
    }

    [Fact]
    public async Task A_number_that_was_confirmed_is_not_given_back_because_another_source_tells_another()
    {
        var number = IdNumber.Female(Feed.Born);
        await TellAsync(population, population.Household(H()));
        var file = await TellAsync(population, population.Member(H(), P(1), number: number));
        await second.TakeAsync(second.Household("x"), second.Member("x", "c", number: number));
        await second.TakeAsync(second.Member("x", "c", number: IdNumber.Female(Feed.Born)));
        var stranger = await TellAsync(population, population.Member(H(), P(2), "李小苗", "2018-07-09", number));
        Assert.NotEqual(file.SubjectId, stranger.SubjectId);
        Assert.Contains("identity_conflict_found", await servers.Registry.EventsOfAsync(stranger.SubjectId));
    }

    [Fact]
    public async Task Twins_stay_two_with_numbers_and_without()
    {
        await second.TakeAsync(second.Household(H()));
        var numbered = await second.TakeAsync(second.Member(H(), P(1), "李大双", number: IdNumber.Female(Feed.Born)), second.Member(H(), P(2), "李小双", number: IdNumber.Female(Feed.Born)));
        var plain = await second.TakeAsync(second.Member(H(), P(3), "李大双"), second.Member(H(), P(4), "李小双"));
        Assert.Equal(4, numbered.Concat(plain).Distinct().Count());
    }

    [Fact]
    public async Task One_child_told_by_two_sources_is_one_file_that_neither_changes_by_telling_the_same_again()
    {
        var number = IdNumber.Female(Feed.Born);
        HouseholdRow[] first = [Tell(population, population.Household(H())), Tell(population, population.Member(H(), P(), number: number, phone: "13800002222"))];
        HouseholdRow[] other = [second.Household("x1", address: "别处"), second.Member("x1", "x1c", "李 小禾", number: number)];
        var one = (await population.TakeAsync(first))[1];
        Assert.Equal(one, (await second.TakeAsync(other))[1]);
        Assert.True(await VerifiedAsync(one));
        var events = await servers.Registry.EventsOfAsync(one);
        Assert.Single(events, "child_file_opened");

        foreach (var (feed, rows) in new[] { (population, first), (second, other), (population, first) })
        {
            var again = await feed.PushAsync(rows.Select(r => Tell(feed, feed.Again(r))).ToList());
            Assert.All(again.Rows, v => Assert.Equal(Verdict.Unchanged, v.Verdict));
        }
        Assert.Equal(events, await servers.Registry.EventsOfAsync(one));
    }

    [Fact]
    public async Task One_child_told_by_two_sources_in_the_same_second_is_one_file()
    {
        var numbers = Enumerable.Range(0, 20).Select(_ => IdNumber.Female("2015-08-08")).ToList();
        await population.TakeAsync(Tell(population, population.Household(H())));
        await second.TakeAsync(second.Household("x"));
        Task<List<string>> PushAsync(Feed feed, string household) => Task.Run(async () =>
        {
            var subjects = new List<string>();
            using var push = feed.Open();
            foreach (var (number, i) in numbers.Select((n, i) => (n, i)))
                subjects.Add((await Feed.AskAsync(push, [Tell(feed, feed.Member(household, $"{run}{feed.Source}{i}", $"李{i}", "2015-08-08", number))])).Rows[0].SubjectId);
            return subjects;
        });

        var told = await Task.WhenAll(PushAsync(population, H()), PushAsync(second, "x"));

        Assert.Equal(told[0], told[1]);
        Assert.Equal(20, told[0].Distinct().Count());
    }

    [Fact]
    public async Task A_file_closed_by_a_mistyped_birth_date_opens_again_when_the_date_is_corrected()
    {
        var child = (await second.TakeAsync(second.Family("h1")))[1];
        async Task<(string?, string?)> StandsAsync() => await servers.Registry.FactsAsync(child) is var facts
            ? (facts.GetProperty("state").GetString(), facts.GetProperty("category").GetString()) : default;
        Task<List<string>> DueAsync() => servers.Registry.ColumnAsync("select due::text from registry.due_determination where child = $1", Guid.Parse(child));
        var due = await DueAsync();
        Assert.Single(due);
        var before = await servers.Registry.EventsOfAsync(child);

        await second.TakeAsync(second.Member("h1", "h1c", born: "1986-05-01"));
        Assert.Equal(("Adult", "None"), await StandsAsync());
        Assert.Empty(await DueAsync());

        var corrected = second.Member("h1", "h1c");
        await second.TakeAsync(corrected);
        Assert.Equal(("Open", "LeftBehind"), await StandsAsync());
        Assert.Equal(due, await DueAsync());
        string[] after = ["child_identity_corrected", "child_file_closed", "child_identity_corrected", "child_file_reopened", "category_changed"];
        Assert.Equal(before.Concat(after), await servers.Registry.EventsOfAsync(child));
        Assert.Equal(Verdict.Unchanged, (await second.AskAsync(second.Again(corrected))).Verdict);
    }

    [Fact]
    public async Task Who_is_18_gets_no_file()
    {
        await second.TakeAsync(second.Household(H()));
        var adult = DateTime.UtcNow.AddHours(8).AddYears(-18);
        var told = await second.AskAsync(second.Member(H(), P(1), "李大成", adult.ToString("yyyy-MM-dd")));
        Assert.Equal(Verdict.Applied, told.Verdict);
        Assert.DoesNotContain("child_file_opened", await servers.Registry.EventsOfAsync(told.SubjectId));
        var about = await second.AskAsync(second.Parent(P(1), Parent.Father));
        Assert.Equal((Verdict.Rejected, "parent.person_no", "an adult, who has no file"), (about.Verdict, about.Field, about.Reason));
        var child = await second.AskAsync(second.Member(H(), P(2), "李小成", adult.AddDays(1).ToString("yyyy-MM-dd")));
        Assert.Contains("child_file_opened", await servers.Registry.EventsOfAsync(child.SubjectId));
    }
}
