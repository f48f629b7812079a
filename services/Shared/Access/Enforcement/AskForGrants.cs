using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Protos.Operations.V1;

namespace LeftBehind.Access;

/// <summary>Asks Registry, which keeps them, at each call. Where it cannot be asked, or is none of the installation's services, there is no break-glass.</summary>
public sealed class AskForGrants(Func<string, Grants.GrantsClient> clients) : IGrants
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<Grant?> UseAsync(Guid id, Caller caller, string method, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var used = await clients("registry").UseBreakGlassAsync(
                new() { GrantId = id.ToString(), DeclaredBy = caller.Subject, Department = ClaimWords.Word(caller.Department), Method = method }, cancellationToken: patience.Token);
            return new(id, DivisionId.Parse(used.DivisionId));
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            return null;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.Unavailable, "break-glass cannot be looked at for the moment; call again"));
        }
    }
}
