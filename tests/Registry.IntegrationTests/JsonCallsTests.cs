using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Every unary rpc of Registry is served as JSON by its rule, guarded and refused as over gRPC, and told in the OpenAPI document.</summary>
public sealed partial class JsonCallsTests(RegistryServers servers)
{
    private const string Unknown = "0190b1f0-0000-7000-8000-000000000001";

    private readonly RunningRegistry registry = servers.Registry;

    public static TheoryData<string> Unary => [.. Methods.Where(m => !m.IsClientStreaming && !m.IsServerStreaming).Select(m => m.FullName)];

    private static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. from type in typeof(RegistryReflection).Assembly.GetTypes()
           let file = type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as FileDescriptor
           where file is { Package: "leftbehind.registry.v1" }
           from service in file.Services
           from method in service.Methods
           select method,
    ];

    [Theory, MemberData(nameof(Unary))]
    public async Task An_rpc_is_reached_by_its_rule_and_refuses_in_words_of_its_own(string method)
    {
        var (verb, path, hasBody) = Rule(method);
        var (status, problem) = await SendAsync(verb, path, hasBody ? "{}" : null, TokenOf(method));
        Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{status} {problem}");
        Assert.Contains(problem.GetProperty("code").GetString(), (string[])["INVALID_ARGUMENT", "NOT_FOUND"]);
    }

    [Theory, MemberData(nameof(Unary))]
    public async Task An_rpc_asks_for_a_token_and_the_right(string method)
    {
        var (verb, path, hasBody) = Rule(method);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(verb, path, hasBody ? "{" : null, "nonsense")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(verb, path, hasBody ? "{" : null, registry.Token(Department.Education, Role.Officer, Places.County))).Status);
    }

    [Theory, MemberData(nameof(Unary))]
    public async Task An_rpc_refuses_what_it_does_not_know(string method)
    {
        var (verb, path, hasBody) = Rule(method);
        var (status, problem) = await SendAsync(verb, hasBody ? path : path + "?surprise=1", hasBody ? """{"surprise":"李小禾"}""" : null, TokenOf(method));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.DoesNotContain("李小禾", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Unary))]
    public async Task An_rpc_stands_in_the_document_with_its_words(string method)
    {
        var document = JsonDocument.Parse(await registry.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).RootElement;
        var descriptor = Methods.Single(m => m.FullName == method);
        var (verb, pattern) = PatternOf(descriptor);
        var path = Parameter().Replace(pattern, p => $"{{{descriptor.InputType.FindFieldByName(p.Groups[1].Value).JsonName}}}");
        var operation = document.GetProperty("paths").GetProperty(path).GetProperty(verb.Method.ToLowerInvariant());
        Assert.NotEmpty(operation.GetProperty("description").GetString()!);
        Assert.True(operation.GetProperty("responses").TryGetProperty("403", out _));
        var told = operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Select(p => p.GetProperty("name").GetString()).ToList() : [];
        Assert.True(operation.TryGetProperty("requestBody", out _) || descriptor.InputType.Fields.InDeclarationOrder().All(f => told.Contains(f.JsonName)));
    }

    [Theory]
    [InlineData("/v1/paper-lists:import", "post"), InlineData("/v1/divisions/{division}/children:export", "get"), InlineData("/v1/households:push", "post")]
    public async Task What_is_no_rpc_stands_in_the_document_too(string path, string verb)
    {
        var document = JsonDocument.Parse(await registry.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).RootElement;
        Assert.NotEmpty(document.GetProperty("paths").GetProperty(path).GetProperty(verb).GetProperty("description").GetString()!);
    }

    [Fact]
    public async Task An_answer_is_the_same_as_over_gRPC()
    {
        var feed = servers.Partner();
        var rows = feed.Family("h1");
        var child = (await feed.TakeAsync(rows))[1];
        var officer = registry.Token(Department.CivilAffairs, Role.Officer, Places.County);
        await IsAsync(await registry.Client.WhyEligibleAsync(new() { ChildId = child }, registry.AsOfficer()), HttpMethod.Get, $"/v1/children/{child}/eligibility", null, officer);
        await IsAsync(await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { child }, Purpose = "入户核实" }, registry.AsOfficer()),
            HttpMethod.Post, "/v1/identities:reveal", $$"""{"childIds":["{{child}}"],"purpose":"入户核实"}""", officer);
        await IsAsync(await registry.Client.GetReceiptAsync(new() { Source = feed.Source, SourceEventId = rows[0].SourceEventId }, registry.As(feed.Source, Places.County)),
            HttpMethod.Get, $"/v1/households/receipts?source={feed.Source}&sourceEventId={rows[0].SourceEventId}", null, registry.Token(Department.Partner, Role.Partner, Places.County, feed.Source));
        var closed = await SendAsync(HttpMethod.Post, $"/v1/children/{child}:close", """{"reason":"CLOSE_MOVED_AWAY","expectedVersion":"1"}""", officer);
        Assert.Equal((HttpStatusCode.Conflict, "ABORTED"), (closed.Status, closed.Answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_page_comes_from_the_service_alone_and_may_ask_nothing_of_another_host()
    {
        using var answer = await registry.Http.GetAsync("/scalar/v1", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var sources = Source().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, s => s.Contains("//", StringComparison.Ordinal));
        foreach (var source in sources.Where(s => s.EndsWith(".js", StringComparison.Ordinal)))
        {
            using var script = await registry.Http.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, source), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        }
    }

    private async Task IsAsync(IMessage overGrpc, HttpMethod verb, string path, string? body, string token)
    {
        var (status, answer) = await SendAsync(verb, path, body, token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(overGrpc, overGrpc.Descriptor.Parser.ParseJson(answer.GetRawText()));
    }

    private string TokenOf(string method) => MethodTable.Find(method[..method.LastIndexOf('.')] + "/" + method[(method.LastIndexOf('.') + 1)..]) switch
    {
        { Way: Way.Receipt } => registry.Token(Department.Partner, Role.Partner, Places.County, "nobody"),
        { Levels: [Contracts.DivisionLevel.Town, ..] levels } when !levels.Contains(Contracts.DivisionLevel.County) => registry.Token(Department.CivilAffairs, Role.TownOfficer, Places.Matian[..9]),
        { Levels: [Contracts.DivisionLevel.City, ..] } => registry.Token(Department.CivilAffairs, Role.Officer, Places.County[..4]),
        _ => registry.Token(Department.CivilAffairs, Role.Officer, Places.County),
    };

    private static (HttpMethod Verb, string Path, bool HasBody) Rule(string method)
    {
        var (verb, pattern) = PatternOf(Methods.Single(m => m.FullName == method));
        return (verb, Parameter().Replace(pattern, p => p.Groups[1].Value.EndsWith("_id", StringComparison.Ordinal) ? Unknown : Places.NextCountyVillage), verb != HttpMethod.Get);
    }

    private static (HttpMethod Verb, string Pattern) PatternOf(MethodDescriptor method)
    {
        var rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) ?? throw new InvalidOperationException($"{method.FullName} has no rule.");
        return rule.PatternCase is HttpRule.PatternOneofCase.Get ? (HttpMethod.Get, rule.Get) : (HttpMethod.Post, rule.Post);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpMethod verb, string path, string? body, string token)
    {
        using var request = new HttpRequestMessage(verb, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("authorization", "Bearer " + token);
        using var answer = await registry.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    [GeneratedRegex("\\{([a-z_]+)\\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Source();
}
