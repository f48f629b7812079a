using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Care;

/// <summary>The children of a division whose care lacks something, page by page.</summary>
public sealed class ListCareWork(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const CareLack Anything = CareLack.Carer | CareLack.Screening | CareLack.Notice | CareLack.Contact;

    public async Task<V1.CareWorkPage> AnswerAsync(V1.ListCareWorkRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        var lacks = request.Lacks is V1.CareLack.Unspecified ? Anything : Requests.Word<CareLack>(request.Lacks, "lacks");
        var after = RowPlace.After(request.PageToken);
        var page = await CareWork.PageAsync(store, tree.ValuesWithin(division!.Value), lacks, (after.Key, after.Id), size + 1, context.CancellationToken);
        return new()
        {
            NextPageToken = page.Count > size ? new RowPlace(page[size - 1].Division.Value, page[size - 1].Child).ToString() : "",
            Work =
            {
                page.Take(size).Select(w => new V1.CareWork
                {
                    ChildId = w.Child.ToString(), DivisionCode = tree.Code(w.Division).ToString(),
                    Lacks = { Enum.GetValues<CareLack>().Where(l => l is not CareLack.None && w.Lacks.HasFlag(l)).Select(l => (V1.CareLack)l) },
                }),
            },
        };
    }
}
