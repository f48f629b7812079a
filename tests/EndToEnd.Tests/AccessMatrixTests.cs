using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.EndToEndTests.Matrix;
using LeftBehind.EndToEndTests.Pushing;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>Every method of every running service, by every kind of caller that it must refuse, and by those it must answer.</summary>
[Collection(InOneInstallation.Name)]
public sealed class AccessMatrixTests(SharedInstallation shared, OneOfEverything everything) : IClassFixture<OneOfEverything>
{
    public static TheoryData<string> Methods => [.. Rpcs.All.Select(r => r.Name)];

    public static TheoryData<string> ScopedMethods => [.. Rpcs.All.Where(r => r.Row.Way is Way.Read or Way.Act).Select(r => r.Name).Where(ScopedRequests.IsScoped)];

    [Fact]
    public void Every_method_has_a_row_and_every_row_a_method() =>
        Assert.Equal(Rpcs.All.Select(r => r.Name).Order(StringComparer.Ordinal),
            MethodTable.Rows.Select(r => r.Method).Where(m => m.StartsWith("leftbehind.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Methods))]
    public async Task Without_a_valid_token_a_method_is_unauthenticated(string method)
    {
        var claims = new Dictionary<string, object>
        {
            [ClaimWords.Subject] = "test", [ClaimWords.Department] = "civil-affairs", [ClaimWords.Role] = "officer", [ClaimWords.Division] = Counties.OfAccess,
        };
        var tokens = BadTokens.All(shared.Running.Issuer, claims, TimeProvider.System.GetUtcNow()).Append(new("no token", null!));
        var wrong = new List<string>();
        foreach (var (kind, token) in tokens)
            foreach (var (service, status) in await StatusesAsync(method, RunningInstallation.With(token, TestContext.Current.CancellationToken)))
                if (status is not StatusCode.Unauthenticated)
                    wrong.Add($"{service}, {kind}: {status}");
        Assert.Empty(wrong);
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task A_caller_without_the_right_is_denied(string method)
    {
        var wrong = new List<string>();
        var strangers = Strangers.Of(Rpcs.Of(method).Row).ToList();
        Assert.NotEmpty(strangers);
        foreach (var stranger in strangers)
            foreach (var (service, status) in await StatusesAsync(method, As(stranger)))
                if (status is not StatusCode.PermissionDenied)
                    wrong.Add($"{service}, {stranger}: {status}");
        Assert.Empty(wrong);
    }

    [Theory, MemberData(nameof(ScopedMethods))]
    public async Task What_lies_in_a_division_is_answered_inside_and_above_and_not_found_beside_and_below(string method)
    {
        var (rpc, request) = (Rpcs.Of(method), ScopedRequests.Of(method, everything));
        var outside = Neighbours.Admitted(rpc.Row, Neighbours.Outside(request.Division)).ToList();
        var inside = Neighbours.Admitted(rpc.Row, Neighbours.Inside(request.Division)).ToList();
        Assert.True(outside.Count > 0 && inside.Count > 0, "Nobody to ask.");
        foreach (var caller in outside)
            Assert.True(await AskAsync(rpc, request, caller) is (StatusCode.NotFound, _) or (StatusCode.OK, true), $"{caller} is outside and was answered {await AskAsync(rpc, request, caller)}");
        foreach (var caller in inside)
            Assert.True(await AskAsync(rpc, request, caller) is (StatusCode.OK or StatusCode.FailedPrecondition, false), $"{caller} is inside and was answered {await AskAsync(rpc, request, caller)}");
    }

    [Theory]
    [InlineData("Registry", "/v1/households:push")]
    [InlineData("EducationAttendance", "/v1/student-roll:push")]
    [InlineData("EducationAttendance", "/v1/attendance:push")]
    public async Task The_HTTP_way_in_answers_401_without_a_valid_token_and_403_without_the_right(string service, string path)
    {
        var claims = new Dictionary<string, object> { [ClaimWords.Subject] = "test", [ClaimWords.Department] = "partner", [ClaimWords.Role] = "partner", [ClaimWords.Division] = Counties.OfAccess, [ClaimWords.Source] = "s" };
        foreach (var (kind, token) in BadTokens.All(shared.Running.Issuer, claims, TimeProvider.System.GetUtcNow()).Append(new("no token", null!)))
            Assert.True(await PostAsync(service, path, token) == 401, kind);
        foreach (var stranger in Strangers.Of(MethodTable.Rows.First(r => r.Way is Way.Push)))
            Assert.True(await PostAsync(service, path, Token(stranger)) == 403, $"{stranger}");
        Assert.Equal(200, await PostAsync(service, path, Token(new(Department.Partner, Role.Partner, Counties.OfAccess))));
    }

    [Fact]
    public async Task Health_is_open_and_reflection_is_not_served()
    {
        foreach (var service in shared.Running.Services.Services.Select(s => s.Service))
        {
            var invoker = shared.Running.Channel(service).CreateCallInvoker();
            Assert.Equal(StatusCode.OK, await RawCalls.CallAsync(invoker, "grpc.health.v1.Health", "Check", [], default));
            Assert.Equal(StatusCode.Unimplemented, await RawCalls.CallAsync(invoker, "grpc.reflection.v1.ServerReflection", "ServerReflectionInfo", [], shared.Running.Operations(TestContext.Current.CancellationToken)));
        }
    }

    private async Task<List<(string Service, StatusCode Status)>> StatusesAsync(string method, CallOptions options)
    {
        var rpc = Rpcs.Of(method);
        var statuses = new List<(string, StatusCode)>();
        foreach (var service in rpc.Services)
            statuses.Add((service, (await RawCalls.CallAsync(shared.Running.Channel(service).CreateCallInvoker(), rpc.Method, [], options)).Status));
        return statuses;
    }

    private async Task<(StatusCode Status, bool IsAbsent)> AskAsync(Rpc rpc, ScopedRequest request, Somebody caller)
    {
        var (status, answer) = await RawCalls.CallAsync(shared.Running.Channel(rpc.Services[0]).CreateCallInvoker(), rpc.Method, request.Message.ToByteArray(), As(caller));
        return (status, answer is not null && request.IsAbsent?.Invoke(answer) is true);
    }

    private CallOptions As(Somebody somebody) => RunningInstallation.With(Token(somebody));

    private string Token(Somebody somebody) => shared.Running.Token(somebody.Department, somebody.Role, somebody.Division, somebody.Source);

    private async Task<int> PostAsync(string service, string path, string? token)
    {
        using var client = new HttpClient { BaseAddress = shared.Running.Services[service].Http };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("[]", System.Text.Encoding.UTF8, "application/cloudevents-batch+json") };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("authorization", "Bearer " + token);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
