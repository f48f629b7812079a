using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace LeftBehind.Access;

/// <summary>Where a handler finds who calls.</summary>
public static class CallContexts
{
    /// <summary>The caller of a gRPC method.</summary>
    public static Caller GetCaller(this ServerCallContext context) => CallerOf(context.GetAdmission());

    /// <summary>The caller of an HTTP way in.</summary>
    public static Caller GetCaller(this HttpContext context) => CallerOf(context.GetAdmission());

    /// <summary>The row that let this call in, with its caller.</summary>
    public static Admission GetAdmission(this ServerCallContext context) =>
        context.UserState.TryGetValue(typeof(Admission), out var found) && found is Admission admission ? admission : throw NotAdmitted();

    /// <summary>The row that let this request in, with its caller.</summary>
    public static Admission GetAdmission(this HttpContext context) => context.Features.Get<Admission>() ?? throw NotAdmitted();

    /// <summary>Done by the interceptor; a test of a handler alone may do it too.</summary>
    public static void SetAdmission(this ServerCallContext context, Admission admission) => context.UserState[typeof(Admission)] = admission;

    internal static void SetAdmission(this HttpContext context, Admission admission) => context.Features.Set(admission);

    private static Caller CallerOf(Admission admission) =>
        admission.Caller ?? throw new InvalidOperationException("A method open to anybody has no caller.");

    private static InvalidOperationException NotAdmitted() => new("The call did not pass the access table.");
}
