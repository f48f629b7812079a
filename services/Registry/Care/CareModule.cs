using LeftBehind.EventLog;

namespace LeftBehind.Registry.Care;

/// <summary>Entrusted care (委托照护) as part of Registry: stream care, its rpcs, its work list; it follows children's files.</summary>
public static class CareModule
{
    public static IServiceCollection AddCare(this IServiceCollection services) =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(CareWork.Ddl))
            .AddSingleton<CareOfChildren>().AddSingleton<ReadCarer>().AddSingleton<HandleCare>().AddSingleton<GetCare>().AddSingleton<ListCareWork>();
}
