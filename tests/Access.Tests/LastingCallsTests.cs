using System.Globalization;
using System.Security.Claims;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LeftBehind.Access.Tests;

/// <summary>A call that goes on lasts as long as its token; under a break-glass a minute, so that it is asked for anew.</summary>
public sealed class LastingCallsTests
{
    private const string Method = "leftbehind.platform.v1.ChangeFeed/ReadChanges";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_lasts_as_long_as_its_token()
    {
        var admission = await AdmitAsync("431003", tokenFor: TimeSpan.FromMinutes(40));

        Assert.Equal(TimeSpan.FromMinutes(40), admission.HoldsFor(Now));
        Assert.Equal(TimeSpan.Zero, admission.HoldsFor(Now.AddHours(1)));
        Assert.Equal(StatusCode.Unauthenticated, admission.Over().StatusCode);
    }

    [Theory]
    [InlineData(40 * 60, 60)]
    [InlineData(20, 20)]
    public async Task Under_a_break_glass_it_lasts_a_minute_and_no_longer_than_its_token(int tokenFor, int lasts)
    {
        var admission = await AdmitAsync("43", TimeSpan.FromSeconds(tokenFor), under: Guid.NewGuid());

        Assert.Equal(TimeSpan.FromSeconds(lasts), admission.HoldsFor(Now));
        Assert.Equal(StatusCode.Unavailable, admission.Over().StatusCode);
    }

    private static async Task<Admission> AdmitAsync(string division, TimeSpan tokenFor, Guid? under = null)
    {
        var claims = new Dictionary<string, string>
        {
            ["sub"] = "u-1", ["department"] = "civil-affairs", ["role"] = "officer", ["division"] = division,
            ["exp"] = (Now + tokenFor).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        var http = new DefaultHttpContext
        {
            User = new(new ClaimsIdentity(claims.Select(c => new Claim(c.Key, c.Value)), "test")),
            RequestServices = new ServiceCollection().AddSingleton(SmallTree.Tree).AddSingleton<IGrants>(new OfTheCounty()).BuildServiceProvider(),
        };
        if (under is { } grant)
            http.Request.Headers[IGrants.Header] = grant.ToString();
        return await new Gate(new FakeTimeProvider(Now)).AdmitAsync(http, Method);
    }

    private sealed class OfTheCounty : IGrants
    {
        public Task<Grant?> UseAsync(Guid id, Caller caller, string method, CancellationToken ct) => Task.FromResult<Grant?>(new(id, SmallTree.Id("431003")));
    }
}
