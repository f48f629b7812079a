using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Hotline;

/// <summary>Ways in of the directory of 12355 platforms.</summary>
public sealed class HandleOperators(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public Task<V1.Operator> SetAsync(V1.SetOperatorRequest request, ServerCallContext context)
    {
        var (now, ct, name) = (clock.GetUtcNow(), context.CancellationToken, Texts.Readable(request.Name, "name", 2, 100));
        var division = Requests.Place(tree, request.DivisionCode, now, DivisionLevel.Province, DivisionLevel.City, DivisionLevel.County);
        if (request.ExpectedVersion < 0)
            throw Requests.Invalid("expected_version: 0 for a new one");
        context.Require(division);
        return store.RunAsync(async work =>
        {
            var id = HotlineOperator.IdOf(division);
            var before = (await work.LoadAsync<HotlineOperator>([id], ct))[id];
            var events = HotlineOperator.Decide(new(division, name, request.Open, now, context.GetCaller().Subject), before).ToList();
            if (events.Count > 0 && before.Version != request.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the platform is at {before.Version}"));
            foreach (var @event in events)
                work.Append(id, @event, context.Meta(now));
            OperatorRows.Write(work, division);
            return Shown(events.Aggregate(before, (o, e) => o.After(e)));
        }, ct);
    }

    public async Task<V1.Operators> ListAsync(V1.ListOperatorsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var (size, ct) = (RowPlace.PageSize(request.PageSize), context.CancellationToken);
        var page = await OperatorRows.PageAsync(store, tree.ValuesWithin(division!.Value), RowPlace.After(request.PageToken).Key, size + 1, ct);
        var operators = await store.ReadAsync<HotlineOperator>(page.Take(size).Select(HotlineOperator.IdOf), ct);
        return new()
        {
            Operators_ = { page.Take(size).Select(d => Shown(operators[HotlineOperator.IdOf(d)])) },
            NextPageToken = page.Count > size ? new RowPlace(page[size - 1].Value, Guid.Empty).ToString() : "",
        };
    }

    private V1.Operator Shown(HotlineOperator of) => new()
    { DivisionCode = tree.Code(of.Set!.Division).ToString(), Name = of.Set.Name, Open = of.Open, Since = Requests.Written(of.Since), Version = of.Version };
}
