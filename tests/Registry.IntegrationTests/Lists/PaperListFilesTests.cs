using System.Net;
using System.Text;
using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Lists;

/// <summary>The same as plain files over HTTP: answered clearly whatever is sent, and nothing personal stays behind.</summary>
public sealed class PaperListFilesTests(RegistryServers servers)
{
    private readonly Village village = Village.Next(servers.Registry);

    [Fact]
    public async Task A_file_is_imported_and_exported_over_HTTP()
    {
        var csv = Encoding.UTF8.GetBytes($"{Village.Headings}\n{Village.Line("1", "甲小一")}\n");
        var tried = await PostAsync(csv, "text/csv; charset=utf-8", $"division={village.Code}&importId={Guid.NewGuid()}&dryRun=true");
        Assert.Equal(HttpStatusCode.OK, tried.Status);
        Assert.True(ImportReport.Parser.ParseJson(tried.Text) is { DryRun: true, Applied: 1 }, tried.Text);
        var taken = ImportReport.Parser.ParseJson((await PostAsync(csv, "text/csv", $"division={village.Code}&importId={Guid.NewGuid()}")).Text);
        Assert.Equal(Verdict.Applied, Assert.Single(taken.Lines).Verdict);

        using var answer = await SendAsync(new(HttpMethod.Get, $"/v1/divisions/{village.Code}/children:export?format=xlsx&withIdentities=true&purpose={Uri.EscapeDataString("核对台账")}"));
        var type = answer.Content.Headers.ContentType!.MediaType!;
        Assert.Equal(("attachment", true), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Headers.CacheControl!.NoStore));
        var file = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var again = ImportReport.Parser.ParseJson((await PostAsync(file, type, $"division={village.Code}&importId={Guid.NewGuid()}")).Text);
        Assert.True(again.Unchanged == 1, $"{again}");
    }

    [Theory]
    [InlineData("application/json", 415), InlineData(null, 415), InlineData("text/csv", 400)]
    public async Task Another_type_and_a_file_that_is_none_are_refused(string? type, int status)
    {
        var (refused, text) = await PostAsync(Encoding.UTF8.GetBytes("甲小一"), type, $"division={village.Code}&importId={Guid.NewGuid()}");
        Assert.Equal(status, (int)refused);
        Assert.DoesNotContain("甲小一", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_1_MB_is_refused()
    {
        var (status, text) = await PostAsync(new byte[2_000_000], "text/csv", $"division={village.Code}&importId={Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("1 MB", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/paper-lists:import?division=431003101218&importId=7", "import_id"), InlineData("/v1/paper-lists:import?division=431003101218&dryRun=1", "dryRun")]
    [InlineData("/v1/paper-lists:import?division=431003101218&division=431003101218", "division")]
    [InlineData("/v1/divisions/431003101218/children:export?format=pdf&purpose=abcd", "format"), InlineData("/v1/divisions/431003101218/children:export?format=csv", "purpose")]
    public async Task A_wrong_parameter_is_named(string path, string named)
    {
        using var request = new HttpRequestMessage(path.Contains("import", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
        if (request.Method == HttpMethod.Post)
            request.Content = new ByteArrayContent("户号,姓名,出生日期"u8.ToArray()) { Headers = { ContentType = new("text/csv") } };
        using var answer = await SendAsync(request, village.Registry.Token(Department.CivilAffairs, Role.Officer, Places.County));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_imports_or_exports_without_the_right()
    {
        foreach (var (token, status) in new[] { ("nonsense", 401), (village.Registry.Token(Department.Police, Role.Officer, Places.County), 403), (village.Registry.Token(Department.Partner, Role.Partner, Places.County, "p"), 403) })
            Assert.Equal(status, (int)(await PostAsync("x"u8.ToArray(), "text/csv", "", token)).Status);
        using var answer = await SendAsync(new(HttpMethod.Get, $"/v1/divisions/{village.Code}/children:export?format=csv&purpose=abcd"), village.Registry.Token(Department.Education, Role.Officer, Places.County));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task No_word_of_a_list_is_found_in_any_table_or_log()
    {
        string[] planted = ["尉迟蘅芷", "司马翀翯", "13912349876", "苏仙区槐荫里乙八号", IdNumber.Female("2016-05-01")];
        var (number, line) = (planted[4], $"{planted[3]}-9,{planted[3]},农村,{planted[0]},{planted[4]},2016-05-01,女,孙女,外出务工,2025-02-10,外出务工,2025-02-10,祖父母,{planted[1]},{planted[2]},{planted[2]}");
        await village.ImportAsync(line, dryRun: true);
        await village.ImportAsync(line);
        await village.ImportAsync(line.Replace("农村", planted[0], StringComparison.Ordinal).Replace("2016-05-01", planted[2], StringComparison.Ordinal));
        await PostAsync(Encoding.UTF8.GetBytes($"{planted[0]},{planted[2]}\n{line}"), "text/csv", $"division={village.Code}&importId={Guid.NewGuid()}");
        await village.ExportAsync(ListFormat.Xlsx);
        foreach (var table in await village.Registry.ColumnAsync("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
            foreach (var row in await village.Registry.ColumnAsync($"select t::text from {table} t"))
                Assert.True(!planted.Any(w => row.Contains(w, StringComparison.Ordinal) || row.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(w)), StringComparison.Ordinal)), table);
        Assert.DoesNotContain(village.Registry.Logs.Lines, l => planted.Any(w => l.Contains(w, StringComparison.Ordinal)));
        Assert.Equal(number, Assert.Single(await village.ExportedAsync())["身份证号"]);
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(byte[] content, string? type, string query, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/paper-lists:import?" + query) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = type is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        request.Headers.ExpectContinue = content.Length > 1_000_000;
        using var answer = await SendAsync(request, token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token = null)
    {
        request.Headers.Authorization = new("Bearer", token ?? village.Registry.Token(Department.CivilAffairs, Role.VillageWorker, village.Code));
        return await village.Registry.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
