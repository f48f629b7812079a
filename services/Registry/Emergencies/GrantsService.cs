using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Protos.Operations.V1;

namespace LeftBehind.Registry.Emergencies;

/// <summary>Tells the other services whether a break-glass holds.</summary>
public sealed class GrantsService(HandleBreakGlass grants) : Grants.GrantsBase
{
    /// <inheritdoc/>
    public override async Task<UsedBreakGlass> UseBreakGlass(UseBreakGlassRequest request, ServerCallContext context) =>
        await grants.UseAsync(Requests.Id(request.GrantId, "grant_id"), request.DeclaredBy, request.Department, Texts.Line(request.Method, "method", 1, 200), context.CancellationToken) is { } grant
            ? new() { DivisionId = grant.County.ToString() } : throw ScopeGuard.NotFound();
}
