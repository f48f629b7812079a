using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.ReadLog;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Emergencies;
using LeftBehind.Registry.Erasure;
using LeftBehind.Registry.Hazards;
using LeftBehind.Registry.Hazards.Findings;
using LeftBehind.Registry.Hazards.Screenings;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Lists;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Partners;
using LeftBehind.Registry.Visits;
using LeftBehind.Sealing;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Registry;

/// <summary>
/// Registry (一人一档): streams child, household, visits, worker, care, and of hazard screening campaign, safety and hazard; ways in
/// PushHouseholds and a village's paper list; listens to education for pupils that look for their file and for dropouts, to assessment for risks, to guardianship for the guardian a court named; tells every
/// change of a child's file, its visits, care and screenings, hazards and duties.
/// </summary>
public static class RegistryModule
{
    public const string Schema = "registry";

    public static readonly EventTypes Events = EventTypes.In(typeof(RegistryModule).Assembly).And(ObligationEvents.Types);

    public static void AddRegistry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDivisionCopy(Schema).AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        services.AddSingleton(_ => IdPrefixes.Load(Path.Combine(Path.GetDirectoryName(builder.Configuration["Divisions:File"])!, "id-prefixes.csv.gz")));
        services.AddSingleton(_ => WorkCalendar.Load(builder.Configuration["Calendar:File"] ?? throw new InvalidOperationException("Calendar:File is missing.")));
        services.AddSealing(builder.Configuration, Schema).AddSealedToRegistry(builder.Configuration);
        services.AddSingleton(builder.Configuration.GetSection("Registry").Get<RegistryRules>() ?? new RegistryRules());
        services.AddSingleton<RowKeysOf>().AddSingleton<HouseholdRowCheck>().AddSingleton<RevealIdentities>().AddSingleton<UnlinkPupils>();
        services.AddSingleton<WhyEligible>().AddSingleton<CloseFile>();
        services.AddSingleton<NameIndex>().AddSingleton<SuspectDuplicates>().AddSingleton<SearchChildren>().AddSingleton<ListSuspectedDuplicates>().AddSingleton<SettleDuplicates>();
        services.AddHostedService<MatchingWorker>();
        services.AddSingleton<ImportPaperLists>().AddSingleton<ExportChildren>();
        services.AddWayIn<HouseholdRow, HouseholdWay>(builder.Configuration, HouseholdRow.Parser, "platform", "education");
        services.AddObligations(FieldGroup.Identity);
        services.AddReadLog(new FormerReads("identity_read", "children"));
        services.AddSingleton<HandleBreakGlass>().AddSingleton<IGrants>(s => s.GetRequiredService<HandleBreakGlass>());
        services.AddVisits();
        services.AddCare();
        services.AddHazardScreening();
        services.AddSingleton<WhatFollows>();
        services.AddRelay<RegistryRelay>("child", Visits.ChildVisits.StreamType, EntrustedCare.StreamType, Hazard.StreamType, ChildSafety.StreamType,
            Obligation.StreamType);
        services.AddLane<MatchPupils, FollowDropouts>();
        services.AddLane<FollowGuardians, FollowFindings>();
        services.AddSingleton<DueDeterminations>().AddHostedService(s => s.GetRequiredService<DueDeterminations>());
        foreach (var ddl in new Func<string, string>[] { PersonKeyTable.Ddl, Persons.Ddl, IdentityIndex.Ddl, LinkedPupils.Ddl, DueDays.Ddl, MatchDue.Ddl, NameIndex.Ddl, DuplicateReview.Ddl, ChildPlaces.Ddl, PaperImports.Ddl, GrantTable.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
        builder.AddServiceDefaults(Schema, Events);
    }

    public static void MapRegistry(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<RegistryService>();
        app.MapGrpcService<VisitsService>();
        app.MapObligations();
        app.MapReceiptFeed();
        app.MapReadLog();
        app.MapGrpcService<CareService>();
        app.MapGrpcService<HazardScreeningService>();
        app.MapGrpcService<EraseChildren>();
        app.MapGrpcService<HandleBreakGlass>();
        app.MapGrpcService<GrantsService>();
        app.MapGrpcService<PaperListsService>();
        app.MapPaperListFiles();
        app.MapCloudEvents("/v1/households:push", "leftbehind.registry.v1.Registry/PushHouseholds", "cn.leftbehind.household.", HouseholdRow.Parser);
    }
}
