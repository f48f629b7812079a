using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Figures;

internal static class DivisionRequests
{
    /// <summary>The division of a code by today's tree; null when unknown. A malformed code is an invalid argument.</summary>
    public static DivisionId? Find(DivisionTree tree, string code, TimeProvider clock) =>
        DivisionCode.TryParse(code, out var parsed)
            ? tree.Resolve(parsed, WorkCalendar.DayOf(clock.GetUtcNow()))
            : throw new RpcException(new(StatusCode.InvalidArgument, "division_code: 2, 4, 6, 9 or 12 digits"));
}
