using System.Globalization;
using Grpc.Core;
using LeftBehind.Divisions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.Access;

/// <summary>A call that was let in: by which row, who calls, and until when that holds for one that goes on. Open methods have no caller.</summary>
public sealed record Admission(MethodRow Row, Caller? Caller)
{
    /// <summary>The end of the token; under a break-glass a minute at the most, as that is asked for at each call.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>How long it holds yet, a day at the most.</summary>
    public TimeSpan HoldsFor(DateTimeOffset now) => TimeSpan.FromTicks(Math.Clamp((Until - now).Ticks, 0, TimeSpan.TicksPerDay));

    /// <summary>What a call is ended with that goes on when it holds no longer.</summary>
    public RpcException Over() => Caller?.Grant is null
        ? new(new(StatusCode.Unauthenticated, "the token has run out; call again with a new one and the last cursor"))
        : new(new(StatusCode.Unavailable, "under a break-glass a call lasts a minute; call again with the last cursor"));
}

/// <summary>The one decision before every handler, the same for gRPC and HTTP.</summary>
public sealed class Gate(TimeProvider time)
{
    /// <summary>The answer to a call without a valid token.</summary>
    public const string TokenNeeded = "A valid token is needed.";

    /// <summary>The answer to a caller without the right; decided before anything is looked up, so it tells nothing of what exists.</summary>
    public const string NoRight = "This department, role or level has no right to this method.";

    // China keeps one time and no summer time.
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8), UnderGrant = TimeSpan.FromMinutes(1);

    /// <summary>The answer to a call under a break-glass that is none, or is not for it.</summary>
    public const string NoGrant = "No break-glass of yours holds that lets this be read.";

    /// <summary>Lets the call in, or throws Unauthenticated or PermissionDenied.</summary>
    public ValueTask<Admission> AdmitAsync(HttpContext http, string method) =>
        http.Request.Headers.TryGetValue(IGrants.Header, out var grant) ? new(UnderGrantAsync(http, method, grant.ToString())) : new(Admit(http, method));

    private Admission Admit(HttpContext http, string method)
    {
        if (MethodTable.Find(method) is not { } row)
            throw Refused(StatusCode.PermissionDenied, NoRight);
        if (row.Way is Way.Open)
            return new Admission(row, null);
        var caller = CallerOf(http);
        return row.Admits(caller) ? new Admission(row, caller) { Until = EndOf(http) } : throw Refused(StatusCode.PermissionDenied, NoRight);
    }

    /// <summary>Whoever declared a break-glass reads as his department does in the county; asked once a request, however many stand in front of the handler.</summary>
    private async Task<Admission> UnderGrantAsync(HttpContext http, string method, string text)
    {
        if (http.Items[nameof(Grant)] is Admission known)
            return known;
        if (MethodTable.Find(method) is not { Way: Way.Read } row)
            throw Refused(StatusCode.PermissionDenied, NoGrant);
        var own = CallerOf(http);
        if (!Guid.TryParse(text, out var id) || http.RequestServices.GetService<IGrants>() is not { } grants
            || await grants.UseAsync(id, own, row.Method, http.RequestAborted) is not { } grant || !own.Sees(grant.County))
            throw Refused(StatusCode.PermissionDenied, NoGrant);
        var there = new Caller(own.Subject, own.Department, own.Role, grant.County, http.RequestServices.GetRequiredService<DivisionTree>().AsOf(Today)) { Organisation = own.Organisation, Grant = grant.Id };
        var (token, minute) = (EndOf(http), time.GetUtcNow() + UnderGrant);
        var admission = row.Admits(there) ? new Admission(row, there) { Until = token < minute ? token : minute } : throw Refused(StatusCode.PermissionDenied, NoGrant);
        http.Items[nameof(Grant)] = admission;
        return admission;
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Shanghai).DateTime);

    private static DateTimeOffset EndOf(HttpContext http) =>
        long.TryParse(http.User.FindFirst("exp")?.Value, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MaxValue;

    private Caller CallerOf(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
            throw Refused(StatusCode.Unauthenticated, TokenNeeded);

        var tree = http.RequestServices.GetRequiredService<DivisionTree>();
        return CallerClaims.TryRead(http.User, tree, Today, out var caller, out var refusal) ? caller : throw Refused(StatusCode.PermissionDenied, refusal);
    }

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));
}
