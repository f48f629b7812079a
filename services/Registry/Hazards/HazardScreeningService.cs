using Grpc.Core;
using LeftBehind.Registry.Hazards.Campaigns;
using LeftBehind.Registry.Hazards.Findings;
using LeftBehind.Registry.Hazards.Screenings;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards;

/// <summary>The rpcs of hazard screening; each line hands over to the feature it belongs to.</summary>
public sealed class HazardScreeningService(
    HandleCampaigns campaigns, RecordScreenings screenings, RecordInjuries injuries, HandleHazards handle, GetCampaignProgress progress, ListHazards list, GetHazard read)
    : V1.HazardScreening.HazardScreeningBase
{
    public override Task<V1.HazardCampaign> OpenCampaign(V1.OpenCampaignRequest request, ServerCallContext context) => campaigns.OpenAsync(request, context);

    public override Task<V1.HazardCampaign> CloseCampaign(V1.CloseCampaignRequest request, ServerCallContext context) => campaigns.CloseAsync(request, context);

    public override Task<V1.HazardCampaigns> ListCampaigns(V1.ListCampaignsRequest request, ServerCallContext context) => campaigns.ListAsync(request, context);

    public override Task<V1.RecordedScreening> RecordScreening(V1.RecordScreeningRequest request, ServerCallContext context) => screenings.AnswerAsync(request, context);

    public override Task<V1.HazardRecord> OrderRectification(V1.OrderRectificationRequest request, ServerCallContext context) => handle.OrderAsync(request, context);

    public override Task<V1.HazardRecord> RecordRectified(V1.RecordRectifiedRequest request, ServerCallContext context) => handle.RectifiedAsync(request, context);

    public override Task<V1.RecordedInjury> RecordInjury(V1.RecordInjuryRequest request, ServerCallContext context) => injuries.AnswerAsync(request, context);

    public override Task<V1.CampaignProgress> GetCampaignProgress(V1.GetCampaignProgressRequest request, ServerCallContext context) => progress.AnswerAsync(request, context);

    public override Task<V1.Hazards> ListHazards(V1.ListHazardsRequest request, ServerCallContext context) => list.AnswerAsync(request, context);

    public override Task<V1.HazardRecord> GetHazard(V1.GetHazardRequest request, ServerCallContext context) => read.AnswerAsync(request, context);
}
