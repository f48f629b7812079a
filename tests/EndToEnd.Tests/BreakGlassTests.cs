using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests;

/// <summary>A break-glass that Registry keeps lets an officer of the province read in another service too, until he ends it, and the county's duty is counted.</summary>
[Collection(InOneInstallation.Name)]
public sealed class BreakGlassTests(SharedInstallation shared)
{
    private const string County = Counties.OfMainJob;

    [Fact]
    public async Task What_is_declared_at_one_service_is_asked_for_by_every_other()
    {
        var ct = TestContext.Current.CancellationToken;
        var (platform, glass) = (new PlatformClient(shared.Running.Channel("Platform")), new BreakGlass.BreakGlassClient(shared.Running.Channel("Registry")));
        var officer = shared.Running.As(Department.CivilAffairs, Role.Officer, "43", ct: ct);
        Assert.Equal(StatusCode.PermissionDenied, await ListAsync(null));
        var grant = (await glass.DeclareBreakGlassAsync(new() { RequestId = Guid.NewGuid().ToString(), DivisionCode = County, Reason = "夜间接报，紧急核实" }, officer)).GrantId;
        Assert.Equal(StatusCode.OK, await ListAsync(grant));
        Assert.Equal(StatusCode.NotFound, await ListAsync(grant, Counties.OfCourt));
        Assert.Equal(StatusCode.PermissionDenied, await ListAsync(Guid.NewGuid().ToString()));
        await glass.EndBreakGlassAsync(new() { GrantId = grant }, officer);
        Assert.Equal(StatusCode.PermissionDenied, await ListAsync(grant));
        Assert.Equal(["leftbehind.platform.v1.Platform/ListSubjects", "leftbehind.platform.v1.Platform/ListSubjects"],
            (await glass.ListBreakGlassAsync(new() { DivisionCode = County }, shared.Running.Bureau(County, ct))).Grants.Single(g => g.GrantId == grant).Uses.Select(u => u.Method));
        await Eventually.IsAsync(async () => (await platform.ListSubjectsAsync(new() { DivisionCode = County, Measure = "obligation.owner.civilAffairs", PageSize = 500 }, shared.Running.Bureau(County, ct))).Subjects_.Count, n => n > 0, ct);

        async Task<StatusCode> ListAsync(string? under, string division = County)
        {
            var call = shared.Running.As(Department.CivilAffairs, Role.Officer, "43", ct: ct);
            if (under is not null)
                call.Headers!.Add("break-glass", under);
            try
            {
                await platform.ListSubjectsAsync(new() { DivisionCode = division, Measure = "onFile.total.all" }, call);
                return StatusCode.OK;
            }
            catch (RpcException e)
            {
                return e.StatusCode;
            }
        }
    }
}
