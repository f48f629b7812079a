using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Hazards.Screenings;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Campaigns;

/// <summary>Ways in of a county's commands on campaigns, and the list of those that a division takes part in.</summary>
public sealed class HandleCampaigns(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int MostListed = 50;

    public Task<V1.HazardCampaign> OpenAsync(V1.OpenCampaignRequest request, ServerCallContext context)
    {
        var (now, ct) = (clock.GetUtcNow(), context.CancellationToken);
        var command = Read(request, now);
        context.Require(command.Division);
        var id = Campaign.IdOf(command.Kind, command.Division, command.From, command.Until);
        return store.RunAsync(async work =>
        {
            var campaign = (await work.LoadAsync<Campaign>([id], ct))[id];
            var others = await CampaignTable.OpenInAsync(work, command.Kind, command.From, command.Until, ct);
            var meetsAnother = others.Any(o => o.Id != id && (tree.IsWithin(o.Division, command.Division) || tree.IsWithin(command.Division, o.Division)));
            foreach (var @event in OpenCampaign.Decide(command, campaign, meetsAnother, WorkCalendar.DayOf(now)).ToList())
            {
                work.Append(id, @event, context.Meta(now));
                campaign = campaign.After(@event);
                CampaignTable.Write(work, campaign, now);
                ScreeningTable.RecountBelow(work, command.Kind, tree.ValuesWithin(command.Division));
            }
            return Answer(campaign);
        }, ct);
    }

    public Task<V1.HazardCampaign> CloseAsync(V1.CloseCampaignRequest request, ServerCallContext context)
    {
        var (id, now, ct) = (Requests.Id(request.CampaignId, "campaign_id"), clock.GetUtcNow(), context.CancellationToken);
        if (request.ExpectedVersion < 1)
            throw Requests.Invalid("expected_version: at least 1");
        return store.RunAsync(async work =>
        {
            var campaign = (await work.LoadAsync<Campaign>([id], ct))[id];
            context.Require(campaign.Opened?.Division);
            foreach (var @event in CloseCampaign.Decide(campaign, WorkCalendar.DayOf(now)).ToList())
            {
                if (campaign.Version != request.ExpectedVersion)
                    throw new RpcException(new(StatusCode.Aborted, $"expected_version: the campaign is at version {campaign.Version}"));
                work.Append(id, @event, context.Meta(now));
                campaign = campaign.After(@event);
                CampaignTable.Write(work, campaign, now);
            }
            return Answer(campaign);
        }, ct);
    }

    public async Task<V1.HazardCampaigns> ListAsync(V1.ListCampaignsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var divisions = tree.ValuesWithin(division!.Value).Concat(tree.Path(division.Value).Select(d => d.Value)).Distinct().ToArray();
        await using var connection = await store.Database.OpenConnectionAsync(context.CancellationToken);
        var rows = await CampaignTable.OfAsync(connection, null, store.Schema, divisions, MostListed, context.CancellationToken);
        return new() { Campaigns = { rows.Select(r => Answer(r.Id, new(r.Kind, r.Division, r.From, r.Until), r.Open, r.Version)) } };
    }

    internal V1.HazardCampaign Answer(Campaign campaign) => Answer(campaign.Id, campaign.Opened!, campaign.IsOpen, campaign.Version);

    private V1.HazardCampaign Answer(Guid id, CampaignOpened of, bool open, long version) => new()
    {
        CampaignId = id.ToString(), Kind = Enum.Parse<V1.CampaignKind>(of.Kind.ToString()), DivisionCode = tree.Code(of.Division).ToString(),
        From = Days.Written(of.From), Until = Days.Written(of.Until), Open = open, Version = version,
    };

    private OpenCampaign Read(V1.OpenCampaignRequest request, DateTimeOffset now)
    {
        var command = new OpenCampaign(
            Requests.Word<CampaignKind>(request.Kind, "kind"),
            Requests.Place(tree, request.DivisionCode, now, DivisionLevel.County, DivisionLevel.Town, DivisionLevel.Village),
            Days.Read(request.From, "from"), Days.Read(request.Until, "until"));
        return command.Until < command.From ? throw Requests.Invalid("until: before from")
            : command.Until.DayNumber - command.From.DayNumber >= OpenCampaign.LongestDays ? throw Requests.Invalid($"until: {OpenCampaign.LongestDays} days at most")
            : command;
    }
}
