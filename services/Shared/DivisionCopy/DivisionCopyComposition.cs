using LeftBehind.EventLog;
using LeftBehind.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.DivisionCopy;

/// <summary>Lets a service's division tree follow what is confirmed at Platform.</summary>
public static class DivisionCopyComposition
{
    /// <summary>The lane from Platform, its table, and the tree's following; the tree itself is among the services already.</summary>
    public static IServiceCollection AddDivisionCopy(this IServiceCollection services, string schema) => services
        .AddLane<FollowDivisions>()
        .AddSingleton<ISchemaPart>(new SchemaPart(DivisionChangeTable.Ddl))
        .AddDivisionFollower(DivisionChangeTable.Log(schema));

    /// <summary>The tree follows a log that is kept elsewhere.</summary>
    public static IServiceCollection AddDivisionFollower(this IServiceCollection services, DivisionLog log) =>
        services.AddSingleton(log).AddSingleton<DivisionFollower>().AddHostedService(s => s.GetRequiredService<DivisionFollower>());
}
