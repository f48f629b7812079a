using Grpc.Core;
using LeftBehind.Contracts;
using Microsoft.AspNetCore.Http;

namespace LeftBehind.Access;

/// <summary>
/// What a caller that was let in sees of one subject. Unknown, outside the caller's division, and inside but not the caller's to see
/// give the same answer, so that no one learns what exists elsewhere.
/// </summary>
public static class ScopeGuard
{
    /// <summary>The one text.</summary>
    public const string Nothing = "There is nothing of this name within your reach.";

    /// <summary>The one answer.</summary>
    public static RpcException NotFound() => new(new Status(StatusCode.NotFound, Nothing));

    /// <summary>How much of the subject's fields to show, at least a receipt; otherwise throws <see cref="NotFound"/>.</summary>
    /// <param name="context">The call.</param>
    /// <param name="division">Where the subject is; null when there is no such subject.</param>
    /// <param name="tie">How the caller is tied to it, as the handler has proved. Ties that the method's row does not name count for nothing.</param>
    public static Detail Require(this ServerCallContext context, DivisionId? division, Tie tie = Tie.None) =>
        context.GetAdmission().Require(division, tie);

    /// <inheritdoc cref="Require(ServerCallContext, DivisionId?, Tie)"/>
    public static Detail Require(this HttpContext context, DivisionId? division, Tie tie = Tie.None) =>
        context.GetAdmission().Require(division, tie);

    /// <summary>Passes the partner whose source it is, and operations; otherwise throws <see cref="NotFound"/>.</summary>
    public static void RequireSource(this ServerCallContext context, string? source) => context.GetAdmission().RequireSource(source);

    /// <inheritdoc cref="RequireSource(ServerCallContext, string?)"/>
    public static void RequireSource(this HttpContext context, string? source) => context.GetAdmission().RequireSource(source);

    /// <inheritdoc cref="Require(ServerCallContext, DivisionId?, Tie)"/>
    public static Detail Require(this Admission admission, DivisionId? division, Tie tie = Tie.None) =>
        Shown(admission, division, tie & admission.Row.Ties) is not Detail.None and var detail ? detail : throw NotFound();

    /// <inheritdoc cref="RequireSource(ServerCallContext, string?)"/>
    public static void RequireSource(this Admission admission, string? source)
    {
        var own = source is not null && admission.Caller is { } caller && (caller.Role is Role.Operations || caller.Source == source);
        if (!own)
            throw NotFound();
    }

    private static Detail Shown(Admission admission, DivisionId? division, Tie tie)
    {
        if (admission.Caller is not { } caller || division is not { } place)
            return Detail.None;
        var groups = admission.Row.Groups;
        if (admission.Row.Way is not (Way.Read or Way.Act) || groups.Count == 0)
            return caller.Sees(place) ? Detail.Receipt : Detail.None;

        var shown = groups.Min(group => caller.Shown(group, tie));
        if (admission.Row.Way is Way.Act && shown is not Detail.Full)
            return Detail.None;
        if (caller.Sees(place))
            return shown;
        // Whoever reported keeps the receipt, wherever the child is; it is the one thing seen outside.
        return tie.HasFlag(Tie.OwnReport) && shown is not Detail.None ? Detail.Receipt : Detail.None;
    }
}
