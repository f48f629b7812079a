using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using Npgsql;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Campaigns;

/// <summary>How far a campaign has come, counted where children live and hazards were found when asked.</summary>
public sealed class GetCampaignProgress(EventStore store, HandleCampaigns campaigns, DivisionTree tree, TimeProvider clock)
{
    /// <summary>What one village adds.</summary>
    private sealed record Counted(DivisionId Village, long ToScreen = 0, long Screened = 0, HazardKind Kind = default, long Found = 0, long Rectified = 0, long Overdue = 0);

    public async Task<V1.CampaignProgress> AnswerAsync(V1.GetCampaignProgressRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.CampaignId, "campaign_id"), context.CancellationToken);
        var asked = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(asked);
        var (division, campaign) = (asked!.Value, (await store.ReadAsync<Campaign>([id], ct))[id]);
        context.Require(campaign.Meets(tree, division) ? division : null);
        // Of the division, what takes part.
        var own = campaign.Opened!.Division;
        var counted = await CountAsync(id, tree.ValuesWithin(tree.IsWithin(division, own) ? division : own), ct);
        return new()
        {
            Campaign = campaigns.Answer(campaign), Division = Sum(division, counted),
            Children = { tree.Children(division).ToList().Where(c => campaign.Meets(tree, c)).Select(c => Sum(c, counted.Where(v => tree.IsWithin(v.Village, c)))) },
        };
    }

    private async Task<List<Counted>> CountAsync(Guid campaign, long[] villages, CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"""
                    select l.village, count(*), count(s.child) from {store.Schema}.left_behind_child l
                    left join {store.Schema}.screening s on s.campaign = $2 and s.child = l.child where l.village = any($1) group by l.village
                    """) { Parameters = { new() { Value = villages }, new() { Value = campaign } } },
                new($"""
                    select village, kind, count(*), count(*) filter (where state >= {(short)HazardState.Rectified}), count(*) filter (where state = {(short)HazardState.Overdue})
                    from {store.Schema}.hazard where campaign = $2 and village = any($1) group by village, kind
                    """) { Parameters = { new() { Value = villages }, new() { Value = campaign } } },
            },
        };
        var counted = new List<Counted>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counted.Add(new(new(reader.GetInt64(0)), reader.GetInt64(1), reader.GetInt64(2)));
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            counted.Add(new(new(reader.GetInt64(0)), Kind: (HazardKind)reader.GetInt16(1), Found: reader.GetInt64(2), Rectified: reader.GetInt64(3), Overdue: reader.GetInt64(4)));
        return counted;
    }

    private V1.DivisionProgress Sum(DivisionId division, IEnumerable<Counted> counted)
    {
        var all = counted.ToList();
        return new()
        {
            DivisionCode = tree.Code(division).ToString(), ToScreen = all.Sum(c => c.ToScreen), Screened = all.Sum(c => c.Screened),
            Found =
            {
                from c in all
                where c.Found > 0
                group c.Found by c.Kind into kind
                orderby kind.Key
                select new V1.HazardsOfKind { Kind = Enum.Parse<V1.HazardKind>(kind.Key.ToString()), Hazards = kind.Sum() },
            },
            Rectified = all.Sum(c => c.Rectified), Overdue = all.Sum(c => c.Overdue),
        };
    }
}
