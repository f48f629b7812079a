using Grpc.Core;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>One verdict a row, by field; what is wrong with one row costs no other.</summary>
public sealed class RowVerdictTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task Every_wrong_row_of_a_batch_is_told_its_field_and_the_right_ones_are_applied()
    {
        (string? Field, HouseholdRow Row)[] rows =
        [
            (null, feed.Household("h1")), (null, feed.Member("h1", "c1")),
            ("row", feed.Row(_ => { })),
            ("source_event_id", With(feed.Household("h2"), r => r.SourceEventId = "")),
            ("source_event_id", With(feed.Household("h2"), r => r.SourceEventId = new('x', 101))),
            ("source_event_id", With(feed.Household("h2"), r => r.SourceEventId = "push-" + IdNumber.Female("2016-05-01"))),
            ("source_sequence", With(feed.Household("h2"), r => r.SourceSequence = 0)),
            ("occurred_at", With(feed.Household("h2"), r => r.OccurredAt = "")),
            ("occurred_at", With(feed.Household("h2"), r => r.OccurredAt = DateTimeOffset.UtcNow.AddHours(1).ToString("O"))),
            ("effective_on", With(feed.Household("h2"), r => r.EffectiveOn = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd"))),
            ("household.household_no", feed.Household("")),
            ("household.residence_code", feed.Household("h2", "")),
            ("household.residence_code", feed.Household("h2", "431003101999")),
            ("household.residence_code", feed.Household("h2", Places.County)),
            ("household.residence_code", feed.Household("h2", Places.NextCountyVillage)),
            ("household.residency", feed.Household("h2", residency: (Residency)7)),
            ("member.household_no", feed.Member("", "c2")),
            ("member.person_no", feed.Member("h1", "")),
            ("member.birth_date", feed.Member("h1", "c2", born: "2016-02-30")),
            ("parent.person_no", feed.Parent("", Parent.Father)),
            ("parent.parent", feed.Parent("c1", Parent.Unspecified)),
            ("parent.since", feed.Parent("c1", Parent.Father, since: "")),
            ("carer.person_no", feed.Carer("")),
            ("carer.name", feed.Carer("c1", name: new('花', 101))),
            (null, feed.Parent("c1", Parent.Mother)),
        ];
        var answer = await feed.PushAsync(rows.Select(r => r.Row));
        Assert.Equal(rows.Select(r => r.Field), answer.Rows.Select(v => v.Verdict is Verdict.Rejected ? v.Field : null));
        Assert.All(answer.Rows.Where(v => v.Verdict is Verdict.Rejected), v => Assert.NotEmpty(v.Reason));
        var ledger = await feed.LedgerAsync();
        Assert.Equal((rows.Length, 3, rows.Length - 3), (ledger.Received, ledger.Applied, ledger.Rejected));
    }

    [Fact]
    public async Task A_village_of_somebody_else_and_one_that_does_not_exist_get_the_same_answer()
    {
        var unknown = await feed.AskAsync(feed.Household("h1", "431003101999"));
        var foreign = await feed.AskAsync(feed.Household("h1", Places.NextCountyVillage));
        Assert.Equal((unknown.Verdict, unknown.Field, unknown.Reason), (foreign.Verdict, foreign.Field, foreign.Reason));
    }

    [Theory]
    [InlineData("431003201605010029")]
    [InlineData("431003550308002")]
    [InlineData("row-４３１００３５５０３０８００２")]
    [InlineData("13800001111")]
    [InlineData("张三-1")]
    [InlineData("e 1")]
    [InlineData("e1\n")]
    public async Task An_id_that_may_be_a_persons_name_or_number_is_kept_nowhere(string number)
    {
        var row = With(feed.Household("h1"), r => r.SourceEventId = number);
        var verdict = await feed.AskAsync(row);
        Assert.Equal((Verdict.Rejected, "source_event_id"), (verdict.Verdict, verdict.Field));
        Assert.DoesNotContain(number, verdict.ToString(), StringComparison.Ordinal);
        Assert.True((await feed.AskAsync(row)).Repeated);
        Assert.Equal(1, (await feed.LedgerAsync()).Rejected);
        var kept = Assert.Single(await feed.Registry.ColumnAsync("select i::text from registry.inbox i where source = $1", feed.Source));
        Assert.DoesNotContain(number, kept, StringComparison.Ordinal);
        Assert.Equal(Verdict.Rejected, (await feed.ReceiptAsync(verdict.SourceEventId)).Verdict);
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_refused_and_the_first_verdict_stays()
    {
        var row = feed.Household("h1");
        await feed.TakeAsync(row);
        var other = With(row.Clone(), r => r.Household.Address = "麻田村二组");
        var verdict = await feed.AskAsync(other);
        Assert.Equal((Verdict.Rejected, "source_event_id", false), (verdict.Verdict, verdict.Field, verdict.Repeated));
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(row.SourceEventId)).Verdict);
        var ledger = await feed.LedgerAsync();
        Assert.Equal((1, 1), (ledger.Received, ledger.Applied));
    }

    [Fact]
    public async Task A_row_twice_in_one_batch_is_counted_once_and_with_other_content_refused()
    {
        var row = feed.Household("h1");
        var answer = await feed.PushAsync(row, row, With(row.Clone(), r => r.Household.Address = "别处"));
        Assert.Equal([(Verdict.Applied, false), (Verdict.Applied, true), (Verdict.Rejected, false)], answer.Rows.Select(v => (v.Verdict, v.Repeated)));
        Assert.Equal(1, (await feed.LedgerAsync()).Received);
        Assert.Equal(["household_registered"], await feed.Registry.EventsOfAsync(answer.Rows[0].SubjectId));
    }

    [Fact]
    public async Task A_row_older_than_what_is_known_is_superseded_per_thing()
    {
        await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1"));
        var (older, newer) = (feed.Parent("c1", Parent.Father, since: "2024-01-01"), feed.Parent("c1", Parent.Father, since: "2025-01-01"));
        var mother = feed.Parent("c1", Parent.Mother);
        mother.SourceSequence = 1;
        await feed.TakeAsync(newer);
        Assert.Equal(Verdict.Superseded, (await feed.AskAsync(older)).Verdict);
        Assert.Equal(Verdict.Applied, (await feed.AskAsync(mother)).Verdict);
        Assert.Equal(1, (await feed.LedgerAsync()).Superseded);
    }

    [Fact]
    public async Task Of_two_rows_of_a_batch_the_later_of_the_source_wins_in_any_order()
    {
        var (first, second) = (feed.Household("h1", address: "一组"), feed.Household("h1", Places.Neighbour));
        var child = feed.Member("h1", "c1");
        var subjects = await feed.TakeAsync(second, child, first);
        Assert.Equal(Places.Neighbour + "@2023", (await feed.Registry.FactsAsync(subjects[1])).GetProperty("residence").GetString());
    }

    [Fact]
    public async Task A_later_row_that_is_refused_costs_the_earlier_one_nothing()
    {
        await feed.TakeAsync(feed.Household("here"), feed.Household("there"));
        await feed.TakeAsync(feed.Household("there", Places.NextCountyVillage));
        var (good, refused) = (feed.Member("here", "c1"), feed.Member("there", "c1"));
        var answer = await feed.PushAsync(refused, good, feed.Parent("c1", Parent.Father));
        Assert.Equal([Verdict.Rejected, Verdict.Applied, Verdict.Applied], answer.Rows.Select(v => v.Verdict));
    }

    [Fact]
    public async Task A_row_of_10_MB_ends_the_stream_and_the_batches_before_it_stay()
    {
        using var push = feed.Open();
        Assert.Equal(Verdict.Applied, (await Feed.AskAsync(push, [feed.Household("h1")])).Rows[0].Verdict);
        // The server ends the call while the row is still being sent; the reason comes with the answers.
        var batch = new HouseholdBatch { Rows = { feed.Household("h2", address: new('村', 3_500_000)) } };
        await Record.ExceptionAsync(() => push.RequestStream.WriteAsync(batch, TestContext.Current.CancellationToken));
        var huge = await Assert.ThrowsAsync<RpcException>(() => push.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.ResourceExhausted, huge.StatusCode);
        Assert.Equal(1, (await feed.LedgerAsync()).Received);
        Assert.Equal(Verdict.Applied, (await feed.AskAsync(feed.Household("h3"))).Verdict);
    }

    [Fact]
    public async Task A_batch_of_1001_rows_is_refused_as_a_whole_and_the_stream_goes_on()
    {
        using var push = feed.Open();
        var refused = await Feed.AskAsync(push, Enumerable.Range(0, 1001).Select(i => feed.Household($"h{i}")));
        Assert.Equal(("rows: at most 1000 a batch", 0), (refused.BatchError, refused.Rows.Count));
        var taken = await Feed.AskAsync(push, Enumerable.Range(0, 1000).Select(i => feed.Household($"h{i}")));
        Assert.Equal((1000, true), (taken.Rows.Count, taken.Rows.All(r => r.Verdict is Verdict.Applied)));
        Assert.Equal(1000, (await feed.LedgerAsync()).Received);
    }

    [Fact]
    public async Task Another_partners_receipt_and_one_that_never_was_are_not_found()
    {
        var row = feed.Household("h1");
        await feed.TakeAsync(row);
        var other = servers.Partner();
        Assert.Equal(Verdict.Applied, (await feed.ReceiptAsync(row.SourceEventId)).Verdict);
        foreach (var (source, id) in new[] { (feed.Source, row.SourceEventId), (other.Source, row.SourceEventId), (other.Source, "e\0"), ("", "") })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await other.Registry.Client.GetReceiptAsync(new() { Source = source, SourceEventId = id }, other.Registry.As(other.Source, Places.County)));
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_ledger_of_no_day_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await feed.Registry.Client.CountReceiptsAsync(
            new() { Source = feed.Source, From = "last week" }, feed.Registry.As(feed.Source, Places.County)));
        Assert.Equal((StatusCode.InvalidArgument, "from: not a date as yyyy-MM-dd"), (refused.StatusCode, refused.Status.Detail));
    }

    private static HouseholdRow With(HouseholdRow row, Action<HouseholdRow> spoil)
    {
        spoil(row);
        return row;
    }
}
