using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>A service that listens to the teller, composed as every service is.</summary>
internal static class Listener
{
    public const string Schema = "listener";
    public const string LateSchema = "latecomer";

    public static WebApplication Build(string schema, Settings settings, Troubles troubles, ILoggerProvider? logs = null, bool aloud = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Values);
        builder.Services.AddSingleton(OneProvince.Tree()).AddSingleton(troubles);
        builder.Services.AddLane<KeepNotes>();
        builder.AddServiceDefaults(schema, TellThings.Facts);
        if (!aloud)
            builder.Logging.Quietly(logs);
        var app = builder.Build();
        app.MapServiceDefaults();
        return app;
    }

    public static string Queue(string schema = Schema) => $"{schema}.{Teller.Schema}";
}
