using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Calls;

/// <summary>What is kept of a call beside its events.</summary>
public static class CallMeta
{
    /// <summary>When it happened, whose account acted, and the trace of the call when it is sampled.</summary>
    public static EventMeta Meta(this ServerCallContext context, DateTimeOffset occurredAt) => new(
        occurredAt, WorkCalendar.DayOf(occurredAt),
        Traceparent: Activity.Current is { Recorded: true } span ? span.Id : null, Actor: Account(context.GetCaller()));

    /// <summary>The stream that a caller's request opens: the same at every repeat, and another caller's id never meets it.</summary>
    public static Guid StreamOf(string kind, string caller, Guid request) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}/{caller}/{request:N}")).AsSpan(0, 16));

    /// <summary>An account, never a name: <c>subject@department/division/role</c>.</summary>
    private static string Account(Caller caller) =>
        $"{caller.Subject}@{ClaimWords.Word(caller.Department)}/{caller.Division}/{ClaimWords.Word(caller.Role)}";
}
