using LeftBehind.EventLog;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>A service that tells of things, composed as every service is.</summary>
internal static class Teller
{
    public const string Schema = "teller";

    /// <summary>With the given settings, or with those of the environment.</summary>
    public static WebApplication Build(Settings? settings, ILoggerProvider? logs = null, bool aloud = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings?.Values ?? new Dictionary<string, string?>());
        builder.Services.AddSingleton(OneProvince.Tree());
        builder.Services.AddRelay<TellThings>(TellThings.StreamType);
        builder.Services.AddSingleton(s => new PageWriter(Schema, s.GetRequiredService<IRelay>(), TellThings.Facts));
        builder.AddServiceDefaults(Schema, TellThings.Events);
        if (settings is not null && !aloud)
            if (!aloud)
                builder.Logging.Quietly(logs);
        var app = builder.Build();
        app.MapServiceDefaults();
        return app;
    }
}
