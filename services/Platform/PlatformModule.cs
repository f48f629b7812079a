using JasperFx.Events.Projections;
using LeftBehind.Calls;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Appraisals;
using LeftBehind.Platform.Days;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Divisions.Proposals;
using LeftBehind.Platform.Feed;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Log;
using LeftBehind.Platform.OfficialTable;
using LeftBehind.Platform.Operations;
using LeftBehind.Platform.Quarters;
using LeftBehind.Platform.Rebuild;
using LeftBehind.Platform.Subjects;
using LeftBehind.Platform.Webhooks;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.ServiceDefaults;
using Npgsql;

namespace LeftBehind.Platform;

/// <summary>
/// Platform (信息平台): listens to every service, keeps what they tell in a log of its own, one stream a subject, and folds
/// it into figures of five levels. It commands no other service, and tells one thing: how the division tree changed.
/// </summary>
public static class PlatformModule
{
    public const string Schema = "platform";

    /// <summary>The services whose subjects are counted, with their duties. Compared are those that the installation runs.</summary>
    public static readonly IReadOnlyList<string> Counted = ["registry", "education", "reporting", "assessment", "guardianship"];

    /// <summary>The log keeps the contracts' facts as they were told, and days.</summary>
    public static readonly EventTypes Events = EventTypes.In(typeof(PlatformModule).Assembly).And(EventTypes.In(typeof(Contracts.EventPage).Assembly));

    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        foreach (var source in Counted)
            services.AddLane(_ => new TakeFacts(source));
        services.AddSingleton<TurnDays>().AddSingleton<IMigrationStep>(s => s.GetRequiredService<TurnDays>()).AddHostedService(s => s.GetRequiredService<TurnDays>());
        services.AddSingleton<CountedTree>().AddDivisionFollower(DivisionStream.Log).AddSingleton<ConfirmDivisionChanges>().AddSingleton<ListDivisionChanges>().AddSingleton<ProposeDivisionList>();
        services.AddRelay<PlatformRelay>();
        services.AddSingleton<FollowLog>().AddSingleton<GetFigures>().AddSingleton<GetOfficialTable>().AddSingleton<ExportFigures>().AddSingleton<ListSubjects>().AddSingleton<GetTimeline>();
        services.AddAppraisals().AddQuarters(builder.Configuration);
        services.AddSingleton<ListReassignments>().AddSingleton<RebuildFigures>();
        services.AddSingleton(s => new Reconcile(s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<CountedTree>(),
            s.GetRequiredService<Func<string, Source.SourceClient>>(), [.. Counted.Where(source => builder.Configuration[$"Sources:{source}:Grpc"] is not null)]));
        builder.AddWebhooks();
        services.AddSingleton<ISchemaPart>(new SchemaPart(FigureTables.Ddl));
        builder.AddServiceDefaults(Schema, Events, (provider, store) => store.Projections.Add(
            new FiguresProjection(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<CountedTree>()),
            ProjectionLifecycle.Async, FiguresProjection.ProgressName, fold =>
            {
                fold.BatchSize = 2000;
                fold.MaximumHopperSize = 8000;
                foreach (var table in FigureTables.Names.Append(Reassignments.Table))
                    fold.DeleteDataInTableOnTeardown($"{Schema}.{table}");
            }));
    }

    public static void MapPlatform(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<PlatformService>();
        app.MapGrpcService<ChangeFeedService>();
        app.MapGrpcService<DivisionsService>();
        app.MapGrpcService<AppraisalsService>();
        app.MapGrpcService<QuartersService>();
        app.MapGrpcService<WebhooksService>();
    }
}
