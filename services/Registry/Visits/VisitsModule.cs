using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Registry.Visits.Workers;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Registry.Visits;

/// <summary>Visits (走访): streams visits and worker; duties registry.visit and registry.acknowledgeSituation; follows files, the roll and assessments.</summary>
internal static class VisitsModule
{
    public static void AddVisits(this IServiceCollection services)
    {
        services.AddSingleton<VisitRules>().AddSingleton<VisitDuties>().AddSingleton<ReadVisit>();
        services.AddSingleton<AssignWorkers>().AddSingleton<ListVillagesWithoutWorker>().AddSingleton<RecordVisits>().AddSingleton<HandleVisits>();
        services.AddSingleton<GetVisits>().AddSingleton<ListDueVisits>();
        services.AddSingleton<IFollowsObligations, MissedVisits>().AddSingleton<IMigrationStep, BeginVisits>();
        services.AddLane<FollowRisk>();
        foreach (var ddl in new Func<string, string>[] { VisitRows.Ddl, VillageWorkers.Ddl, PupilSchoolings.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
    }
}
