using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>What a division still has to rectify, page by page, due first.</summary>
public sealed class ListHazards(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.Hazards> AnswerAsync(V1.ListHazardsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var (size, ct) = (RowPlace.PageSize(request.PageSize), context.CancellationToken);
        var after = RowPlace.AfterDay(request.PageToken);
        var page = await HazardTable.OpenAsync(store, tree.ValuesWithin(division!.Value), Requests.OptionalId(request.CampaignId, "campaign_id"),
            after.Day, after.Id, size + 1, ct);
        var hazards = await store.ReadAsync<Hazard>(page, ct);
        var shown = page.Take(size).Select(id => hazards[id]).ToList();
        return new()
        {
            Hazards_ = { shown.Where(h => h.IsOpen).Select(h => HazardAnswer.Of(h, tree)) },
            NextPageToken = page.Count > size ? RowPlace.Of(shown[^1].Facts!.DueOn ?? shown[^1].Facts!.FoundOn, shown[^1].Id).ToString() : "",
        };
    }
}
