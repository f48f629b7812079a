using Grpc.Core;
using LeftBehind.Divisions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Access;

/// <summary>A call that was let in: by which row, and who calls. Open methods have no caller.</summary>
public sealed record Admission(MethodRow Row, Caller? Caller);

/// <summary>The one decision before every handler, the same for gRPC and HTTP.</summary>
public sealed class Gate(TimeProvider time)
{
    /// <summary>The answer to a call without a valid token.</summary>
    public const string TokenNeeded = "A valid token is needed.";

    /// <summary>The answer to a caller without the right; decided before anything is looked up, so it tells nothing of what exists.</summary>
    public const string NoRight = "This department, role or level has no right to this method.";

    // China keeps one time and no summer time.
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    /// <summary>Lets the call in, or throws Unauthenticated or PermissionDenied.</summary>
    public Admission Admit(HttpContext http, string method)
    {
        if (MethodTable.Find(method) is not { } row)
            throw Refused(StatusCode.PermissionDenied, NoRight);
        if (row.Way is Way.Open)
            return new Admission(row, null);
        if (http.User.Identity is not { IsAuthenticated: true })
            throw Refused(StatusCode.Unauthenticated, TokenNeeded);

        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Shanghai).DateTime);
        var tree = http.RequestServices.GetRequiredService<DivisionTree>();
        if (!CallerClaims.TryRead(http.User, tree, today, out var caller, out var refusal))
            throw Refused(StatusCode.PermissionDenied, refusal);
        return row.Admits(caller) ? new Admission(row, caller) : throw Refused(StatusCode.PermissionDenied, NoRight);
    }

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));
}
