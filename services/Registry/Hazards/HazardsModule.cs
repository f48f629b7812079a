using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Registry.Hazards.Campaigns;
using LeftBehind.Registry.Hazards.Findings;
using LeftBehind.Registry.Hazards.Screenings;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Registry.Hazards;

/// <summary>Hazard screening (重点时段排查): streams campaign, safety (of a child) and hazard; duty registry.rectification.</summary>
internal static class HazardsModule
{
    public static void AddHazardScreening(this IServiceCollection services)
    {
        services.AddSingleton<HandleCampaigns>().AddSingleton<GetCampaignProgress>().AddSingleton<RecordScreenings>().AddSingleton<RecordInjuries>();
        services.AddSingleton<HandleHazards>().AddSingleton<ListHazards>().AddSingleton<GetHazard>();
        services.AddSingleton<FollowCampaigns>().AddHostedService(s => s.GetRequiredService<FollowCampaigns>());
        services.AddSingleton<IFollowsObligations, OverdueHazards>().AddSingleton<IMigrationStep, BeginScreenings>();
        foreach (var ddl in new Func<string, string>[] { CampaignTable.Ddl, ScreeningTable.Ddl, HazardTable.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
    }
}
