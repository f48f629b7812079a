using LeftBehind.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.ReadLog;

/// <summary>Adds the record of personal reads to a service.</summary>
public static class ReadLogComposition
{
    /// <summary>The table, with what the service kept in tables of its own before. Needs the tree and the store; the service maps <see cref="MapReadLog"/>.</summary>
    public static IServiceCollection AddReadLog(this IServiceCollection services, params FormerReads[] former)
    {
        services.AddSingleton<ISchemaPart>(new SchemaPart(ReadTable.Ddl));
        foreach (var table in former)
            services.AddSingleton<ISchemaPart>(new SchemaPart(table.Ddl));
        return services;
    }

    /// <summary>The query.</summary>
    public static void MapReadLog(this IEndpointRouteBuilder app) => app.MapGrpcService<ReadLogService>();
}
