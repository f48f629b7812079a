using System.Diagnostics;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Calls;

/// <summary>What is kept of a call beside its events.</summary>
internal static class CallMeta
{
    /// <summary>When it happened, whose account acted (<c>subject@department/division/role</c>, never a name), and the trace when sampled.</summary>
    public static EventMeta Meta(this ServerCallContext context, DateTimeOffset occurredAt)
    {
        var caller = context.GetCaller();
        return new(occurredAt, WorkCalendar.DayOf(occurredAt), Traceparent: Activity.Current is { Recorded: true } span ? span.Id : null,
            Actor: $"{caller.Subject}@{ClaimWords.Word(caller.Department)}/{caller.Division}/{ClaimWords.Word(caller.Role)}");
    }
}
