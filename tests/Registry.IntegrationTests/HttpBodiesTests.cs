using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>What a partner may send over HTTP instead of a batch of CloudEvents: each gets a clear answer, and nothing of it is counted.</summary>
public sealed class HttpBodiesTests(RegistryServers servers)
{
    private const string BatchType = "application/cloudevents-batch+json";
    private readonly Feed feed = servers.Partner();

    [Fact]
    public async Task Events_are_taken_like_rows()
    {
        var (status, answer) = await TakeAsync($"[{Event("a1", "household", Household("h1"))},{Event("a2", "member", """{"householdNo":"h1","personNo":"c1","birthDate":"2016-05-01"}""", 2)}]");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([Verdict.Applied, Verdict.Applied], answer.Rows.Select(r => r.Verdict));
        Assert.Equal(2, (await feed.LedgerAsync()).Applied);
    }

    [Fact]
    public async Task A_row_pushed_over_HTTP_is_the_same_row_over_gRPC()
    {
        var row = feed.Household("h1");
        await TakeAsync($"[{Event(row.SourceEventId, "household", Household("h1", row.Household.Address), (int)row.SourceSequence)}]");
        var again = await feed.AskAsync(row);
        Assert.Equal((Verdict.Applied, true), (again.Verdict, again.Repeated));
    }

    [Fact]
    public async Task A_sequence_may_be_a_number()
    {
        var (_, answer) = await TakeAsync($"[{Event("a1", "household", Household("h1")).Replace("\"sequence\":\"1\"", "\"sequence\":1", StringComparison.Ordinal)}]");
        Assert.Equal(Verdict.Applied, answer.Rows[0].Verdict);
    }

    [Theory]
    [InlineData("[{")]
    [InlineData("")]
    [InlineData("household_no,name\nh1,李小禾")]
    [InlineData("[] []")]
    public async Task A_body_that_is_no_json_is_refused_with_its_place(string body)
    {
        var (status, text) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("not JSON (line", text, StringComparison.Ordinal);
        Assert.DoesNotContain("李小禾", text, StringComparison.Ordinal);
        Assert.Equal(0, (await feed.LedgerAsync()).Received);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"rows\"")]
    [InlineData("17")]
    public async Task A_body_that_is_no_array_is_refused(string body)
    {
        var (status, text) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("JSON array", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents-batch+jsonl")]
    [InlineData("application/cloudevents-batch+json; charset=gb2312")]
    [InlineData("text/csv")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused_with_the_right_one(string? type)
    {
        var (status, text) = await PostAsync("[]", type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains(BatchType, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"x","source":"/s","type":"cn.leftbehind.household.household","data":{}}""", "event")]
    [InlineData("""{"specversion":"1.0","source":"/s","type":"cn.leftbehind.household.household","data":{}}""", "event")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","sequence":[7],"data":{}}""", "event")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","time":"yesterday","data":{}}""", "event")]
    [InlineData("""{"specversion":"1.0","id":"\ud800","source":"/s","type":"cn.leftbehind.household.household","data":{}}""", "event")]
    [InlineData("17", "event")]
    [InlineData("null", "event")]
    [InlineData("[]", "event")]
    [InlineData("\"a household\"", "event")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.roll.enrolled","data":{}}""", "type")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.","data":{}}""", "type")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.sourceEventId","data":{}}""", "type")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household"}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","data":"h1"}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","data_base64":"aGk="}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","data":{"householdNo":17.5e400}}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","data":{"householdNo":["h1"]}}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","data":{"residency":"VILLAGE"}}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","data":{"surprise":"h1"}}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","data":{"householdNo":"h1","householdNo":"h2"}}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"x","source":"/s","type":"cn.leftbehind.household.household","sequence":"later","data":{}}""", "data")]
    public async Task An_event_that_cannot_be_read_is_refused_by_itself_and_its_neighbours_are_taken(string wrong, string field)
    {
        var (status, answer) = await TakeAsync($"[{Event("n1", "household", Household("h1"))},{wrong},{Event("n2", "household", Household("h2"))}]");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([Verdict.Applied, Verdict.Rejected, Verdict.Applied], answer.Rows.Select(r => r.Verdict));
        Assert.Equal(["n1", "n2"], [answer.Rows[0].SourceEventId, answer.Rows[2].SourceEventId]);
        Assert.Equal(field, answer.Rows[1].Field);
        var ledger = await feed.LedgerAsync();
        Assert.Equal((3, 2, 1), (ledger.Received, ledger.Applied, ledger.Rejected));
        var receipt = await feed.ReceiptAsync(answer.Rows[1].SourceEventId);
        Assert.Equal(answer.Rows[1], receipt);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_counted_once_and_its_id_is_used_up()
    {
        var wrong = Event("w1", "household", """{"surprise":"h1"}""");
        var (_, answer) = await TakeAsync($"[{wrong},{wrong},17,17]");
        Assert.Equal([false, true, false, true], answer.Rows.Select(r => r.Repeated));
        Assert.Equal("w1", answer.Rows[0].SourceEventId);
        Assert.True((await TakeAsync($"[{wrong}]")).Answer.Rows[0].Repeated);

        var corrected = (await TakeAsync($"[{Event("w1", "household", Household("h1"))},{Event("w2", "household", Household("h1"))}]")).Answer.Rows;
        Assert.Equal([(Verdict.Rejected, "source_event_id"), (Verdict.Applied, "")], corrected.Select(r => (r.Verdict, r.Field)));
        var ledger = await feed.LedgerAsync();
        Assert.Equal((3, 1, 2), (ledger.Received, ledger.Applied, ledger.Rejected));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_leaves_no_word_of_a_person_behind()
    {
        var number = IdNumber.Female("2016-05-01");
        var (_, answer) = await TakeAsync($"[{Event(number, "household", """{"surprise":"尉迟蘅芷"}""")},{Event("尉迟蘅芷", "nothing", "{}")}]");
        var kept = await feed.Registry.ColumnAsync("select i::text from registry.inbox i where source = $1", feed.Source);
        Assert.Equal(2, kept.Count);
        Assert.DoesNotContain(kept.Concat(answer.Rows.Select(r => r.ToString())), text =>
            text.Contains(number, StringComparison.Ordinal) || text.Contains("尉迟蘅芷", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_1000_events_are_refused_as_a_whole_whatever_they_are()
    {
        var (status, answer) = await TakeAsync($"[{string.Join(',', Enumerable.Range(0, 1001).Select(i => i % 2 == 0 ? "17" : Event($"m{i}", "household", Household("h1"))))}]");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal("rows: at most 1000 a batch", answer.BatchError);
        Assert.Empty(answer.Rows);
        Assert.Equal(0, (await feed.LedgerAsync()).Received);
    }

    [Fact]
    public async Task A_body_of_10_MB_is_refused_and_what_came_before_stays()
    {
        await TakeAsync($"[{Event("b1", "household", Household("h1"))}]");
        var (status, text) = await PostAsync($"[{Event("b2", "household", Household("h2", new string('村', 3_500_000)))}]");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("1 MB", text, StringComparison.Ordinal);
        Assert.Equal(1, (await feed.LedgerAsync()).Received);
    }

    [Fact]
    public async Task Nobody_pushes_without_a_partners_token()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("[]", token: "nonsense")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("[]", token: feed.Registry.Token(Department.CivilAffairs, Role.Officer, Places.County))).Status);
    }

    private static string Household(string no, string address = "") => $$"""{"householdNo":"{{no}}","residenceCode":"{{Places.Matian}}","residency":"RURAL","address":"{{address}}"}""";

    private static string Event(string id, string kind, string data, int sequence = 1) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/population","type":"cn.leftbehind.household.{{kind}}","time":"2026-03-01T08:00:00+08:00","sequence":"{{sequence}}","data":{{data}}}""";

    private async Task<(HttpStatusCode Status, BatchVerdicts Answer)> TakeAsync(string body)
    {
        var (status, text) = await PostAsync(body);
        return (status, BatchVerdicts.Parser.ParseJson(text));
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string body, string? type = BatchType, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/households:push") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        request.Headers.Authorization = new("Bearer", token ?? feed.Registry.Token(Department.Partner, Role.Partner, Places.County, feed.Source));
        // A body that is too large is refused before it is sent.
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        using var response = await feed.Registry.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
