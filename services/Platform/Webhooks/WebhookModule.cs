using Grpc.Core;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Webhooks;

/// <summary>Webhooks (变更推送) as part of Platform: subscriptions, their secrets, and who delivers.</summary>
public static class WebhookModule
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Webhooks").Get<WebhookRules>() ?? new WebhookRules();
        if (settings.AllowLoopback && !builder.Environment.IsDevelopment())
            throw new InvalidOperationException("Webhooks:AllowLoopback is for development alone.");
        builder.Services.AddSealing(builder.Configuration, PlatformModule.Schema).AddSingleton(settings);
        builder.Services.AddSingleton<SendWebhook>().AddSingleton<HandleWebhooks>().AddHostedService<DeliverWebhooks>();
        foreach (var ddl in new Func<string, string>[] { PersonKeyTable.Ddl, WebhookTable.Ddl })
            builder.Services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
    }
}

/// <summary>The rpcs of webhooks.</summary>
internal sealed class WebhooksService(HandleWebhooks handle) : V1.Webhooks.WebhooksBase
{
    public override Task<V1.CreatedWebhook> CreateWebhook(V1.CreateWebhookRequest request, ServerCallContext context) => handle.CreateAsync(request, context);

    public override Task<V1.ListedWebhooks> ListWebhooks(V1.ListWebhooksRequest request, ServerCallContext context) => handle.ListAsync(request, context);

    public override Task<V1.Webhook> ResumeWebhook(V1.ChangeWebhookRequest request, ServerCallContext context) => handle.ResumeAsync(request, context);

    public override Task<V1.Webhook> EndWebhook(V1.ChangeWebhookRequest request, ServerCallContext context) => handle.EndAsync(request, context);
}
