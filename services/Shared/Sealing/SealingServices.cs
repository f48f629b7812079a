using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeftBehind.Sealing;

/// <summary>Puts sealing into a service; keys are read at once, so a wrong one stops the start.</summary>
public static class SealingServices
{
    /// <summary>Keys of persons in the service's schema, blind index and digest.</summary>
    public static IServiceCollection AddSealing(this IServiceCollection services, IConfiguration configuration, string schema)
    {
        var options = SealingOptions.From(configuration);
        var master = new MasterKey(options.MasterKey, former: options.FormerMasterKeys);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(master);
        services.AddSingleton(provider => new PersonKeyTable(schema, master, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<WrapAgain>();
        services.AddSingleton(new BlindIndex(options.IndexKey));
        return services.AddSingleton(new KeyedDigest(options.IndexKey));
    }

    /// <summary>What Registry shares with those that send it identities: the seal, and the blind index of ID numbers.</summary>
    public static IServiceCollection AddSealedToRegistry(this IServiceCollection services, IConfiguration configuration)
    {
        var shared = SealingOptions.From(configuration, needsRegistryKey: true).RegistryKey!;
        return services.AddSingleton(new SealedTo("registry", shared)).AddSingleton(new IdNumberIndex(shared));
    }
}
