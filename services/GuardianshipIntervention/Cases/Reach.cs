using Grpc.Core;
using LeftBehind.Access;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>Who meets a case: county civil affairs where the child lives, and the one account of the police and of justice it is assigned to.</summary>
internal static class Reach
{
    /// <summary>Lets the caller on, or answers as if there were no such case.</summary>
    public static void Require(this ServerCallContext context, InterventionCase of) => context.Require(of.Of?.Division, TieTo(context.GetCaller(), of));

    public static Tie TieTo(Caller caller, InterventionCase of) =>
        of.Assignees.Exists(a => a.Account == caller.Subject && a.Department.ToString() == caller.Department.ToString()) ? Tie.Assigned : Tie.None;
}
