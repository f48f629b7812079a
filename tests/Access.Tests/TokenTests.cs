using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Grpc.Core;
using Grpc.Health.V1;
using LeftBehind.Access.Local;

namespace LeftBehind.Access.Tests;

public class TokenTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly string[] Bad =
    [
        "expired", "not yet valid", "wrong issuer", "wrong audience", "wrong key", "alg none", "HS256 with the public key as secret",
        "signature cut off", "claims changed", "not a token"
    ];

    public static TheoryData<string> BadOnes => [.. Bad];

    private DateTimeOffset Now => service.Time.GetUtcNow();

    [Fact]
    public async Task A_good_token_is_let_in_by_all_four_kinds_of_call()
    {
        var officer = Token(Department.CivilAffairs, Role.Officer, "431003");
        var partner = Token(Department.Partner, Role.Partner, "431003", "population-base");
        var peer = Token(Department.Platform, Role.Service, "43");

        Assert.Equal("u-1", await Unary(officer));
        Assert.Equal("u-1", await ServerStream(peer));
        Assert.Equal("u-1", await ClientStream(partner));
        Assert.Equal("u-1", await Duplex(partner));
    }

    [Fact]
    public async Task Without_a_token_all_four_kinds_are_unauthenticated()
    {
        foreach (var call in new Func<string?, Task<string>>[] { Unary, ServerStream, ClientStream, Duplex })
            Assert.Equal(StatusCode.Unauthenticated, await Refusal(() => call(null)));
    }

    [Fact]
    public async Task Without_the_right_all_four_kinds_are_denied()
    {
        var health = Token(Department.Health, Role.Officer, "431003");

        foreach (var call in new Func<string?, Task<string>>[] { Unary, ServerStream, ClientStream, Duplex })
            Assert.Equal(StatusCode.PermissionDenied, await Refusal(() => call(health)));
    }

    [Theory, MemberData(nameof(BadOnes))]
    public async Task A_bad_token_is_unauthenticated(string fault)
    {
        var claims = new Dictionary<string, object> { ["sub"] = "u-1", ["department"] = "civil-affairs", ["role"] = "officer", ["division"] = "431003" };
        var tokens = BadTokens.All(service.Issuer, claims, Now);

        Assert.Equal(Bad.Order(), tokens.Keys.Order());
        Assert.Equal("u-1", await Unary(service.Issuer.Sign(claims, TimeSpan.FromHours(1), Now)));
        Assert.Equal(StatusCode.Unauthenticated, await Refusal(() => Unary(tokens[fault])));
    }

    [Fact]
    public async Task Clocks_may_differ_by_thirty_seconds_and_no_more()
    {
        string Ended(int secondsAgo) => service.Issuer.Issue(
            "u-1", Department.CivilAffairs, Role.Officer, "431003", lifetime: TimeSpan.FromMinutes(1), now: Now.AddSeconds(-60 - secondsAgo));

        Assert.Equal("u-1", await Unary(Ended(29)));
        Assert.Equal(StatusCode.Unauthenticated, await Refusal(() => Unary(Ended(31))));
    }

    [Fact]
    public async Task A_valid_token_without_claims_of_ours_is_denied_with_the_reason()
    {
        var token = service.Issuer.Sign(new Dictionary<string, object> { ["sub"] = "u-1" }, TimeSpan.FromHours(1), Now);

        var refused = await Assert.ThrowsAsync<RpcException>(() => Unary(token));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal("The token needs exactly one claim 'department'.", refused.Status.Detail);
    }

    [Fact]
    public async Task Health_needs_no_token()
    {
        var refused = await Record.ExceptionAsync(
            () => new Health.HealthClient(service.Grpc).CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken).ResponseAsync);

        Assert.Null(refused);
        Assert.Equal("ok", await service.Http.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_HTTP_ways_in_obey_the_same_rows()
    {
        var partner = Token(Department.Partner, Role.Partner, "431003", "population-base");
        var officer = Token(Department.CivilAffairs, Role.Officer, "431003");

        Assert.Equal(HttpStatusCode.Unauthorized, await Push(null, new { row = "1" }));
        Assert.Equal(HttpStatusCode.Forbidden, await Push(officer, new { row = "1" }));
        Assert.Equal(HttpStatusCode.OK, await Push(partner, new { row = "1" }));
        // Refused before the body is read: a body that cannot be read makes no difference.
        Assert.Equal(HttpStatusCode.Unauthorized, await Push(null, "not a row"));
        Assert.Equal(HttpStatusCode.BadRequest, await Push(partner, "not a row"));

        Assert.Equal(HttpStatusCode.OK, await Get("/figures/431003101", officer));
        Assert.Equal(HttpStatusCode.NotFound, await Get("/figures/431002", officer));
        Assert.Equal(HttpStatusCode.NotFound, await Get("/figures/999999", officer));
        Assert.Equal(HttpStatusCode.Forbidden, await Get("/plain", officer));
        Assert.Equal(HttpStatusCode.OK, await Get("/plain", Token(Department.Platform, Role.Operations, "43")));
    }

    private string Token(Department department, Role role, string division, string? source = null) =>
        service.Issuer.Issue("u-1", department, role, division, source, now: Now);

    private Task<HttpStatusCode> Push(string? token, object body) => Send(HttpMethod.Post, "/households", token, JsonContent.Create(body));

    private Task<HttpStatusCode> Get(string path, string? token) => Send(HttpMethod.Get, path, token, null);

    private async Task<HttpStatusCode> Send(HttpMethod method, string path, string? token, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await service.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string> Unary(string? token) => await service.Grpc.CreateCallInvoker().AsyncUnaryCall(RawService.Unary, null, With(token), "");

    private async Task<string> ClientStream(string? token)
    {
        using var call = service.Grpc.CreateCallInvoker().AsyncClientStreamingCall(RawService.ClientStream, null, With(token));
        return await call;
    }

    private Task<string> ServerStream(string? token) =>
        First(service.Grpc.CreateCallInvoker().AsyncServerStreamingCall(RawService.ServerStream, null, With(token), "").ResponseStream);

    private Task<string> Duplex(string? token) =>
        First(service.Grpc.CreateCallInvoker().AsyncDuplexStreamingCall(RawService.Duplex, null, With(token)).ResponseStream);

    private static async Task<string> First(IAsyncStreamReader<string> answers) =>
        await answers.MoveNext(CancellationToken.None) ? answers.Current : "";

    private static CallOptions With(string? token) => new(token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } });

    private static async Task<StatusCode> Refusal(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;
}
