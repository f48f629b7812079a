using System.Text;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Names, numbers, phones and addresses are in no table and no log, however they came.</summary>
public sealed class PersonalDataTests(RegistryServers servers)
{
    private readonly RunningRegistry registry = servers.Registry;

    [Fact]
    public async Task No_planted_word_is_found_in_any_table_or_log()
    {
        var feed = servers.Partner();
        var (number, adultNumber) = (IdNumber.Female(Feed.Born), IdNumber.Female("1958-03-03", "432821"));
        string[] planted = ["尉迟蘅芷", "欧阳彧珺", "司马翀翯", "13912345678", "13787654321", "苏仙区槐荫里甲七号", number, adultNumber];
        // The partner's own numbers are ID numbers, as some partners have it.
        var household = feed.Household(adultNumber, address: planted[5]);
        var child = feed.Member(adultNumber, number, planted[0], number: number, phone: planted[3]);
        var adult = feed.Member(adultNumber, adultNumber, planted[1], "1958-03-03", adultNumber, planted[4]);
        var carer = feed.Carer(number, name: planted[2], phone: planted[4]);
        var waiting = feed.Member("nowhere" + number, adultNumber + "x", planted[0], number: number, phone: planted[3]);
        var refused = feed.Member(adultNumber, "c", planted[1], "13912345678");
        var hidden = feed.Household("h");
        hidden.SourceEventId = number;
        var answer = await feed.PushAsync(household, child, adult, carer, waiting, refused, hidden);
        Assert.Equal([Verdict.Applied, Verdict.Applied, Verdict.Applied, Verdict.Applied, Verdict.Waiting, Verdict.Rejected, Verdict.Rejected], answer.Rows.Select(v => v.Verdict));
        foreach (var body in (string[])[$"[{{\"{planted[0]}", $"[\"{planted[0]}\"]", $"{{\"name\":\"{number}\"}}"])
            await PostAsync(feed, body);
        await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { answer.Rows[1].SubjectId }, Purpose = "入户核实甲" }, registry.AsOfficer());
        Assert.DoesNotContain(answer.Rows, v => planted.Any(w => v.ToString().Contains(w, StringComparison.Ordinal)));

        var tables = await registry.ColumnAsync("""
            select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
            """);
        Assert.True(tables.Count > 10);
        var (found, purposes) = (new List<string>(), 0);
        foreach (var table in tables)
            foreach (var row in await registry.ColumnAsync($"select t::text from {table} t"))
            {
                purposes += Holds(row, "入户核实甲") ? 1 : 0;
                found.AddRange(planted.Where(word => Holds(row, word)).Select(word => $"{table}: {planted.IndexOf(word)}"));
            }
        Assert.Empty(found);
        Assert.Equal(1, purposes); // the search finds what is there
        Assert.DoesNotContain(registry.Logs.Lines, line => planted.Any(word => Holds(line, word)));
    }

    /// <summary>As text, or as bytes that PostgreSQL shows in hexadecimal.</summary>
    private static bool Holds(string text, string word) =>
        text.Contains(word, StringComparison.Ordinal) || text.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)), StringComparison.Ordinal);

    private async Task PostAsync(Feed feed, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/households:push")
        {
            Content = new StringContent(body, null, "application/cloudevents-batch+json"),
            Headers = { Authorization = new("Bearer", registry.Token(Access.Department.Partner, Access.Role.Partner, Places.County, feed.Source)) },
        };
        using var response = await registry.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "尉迟蘅芷", StringComparison.Ordinal);
    }
}
