using LeftBehind.Pages;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LeftBehind.ServiceDefaults;

internal static class BusDefaults
{
    public static void AddBus(this WebApplicationBuilder builder, string service) => builder.Services.AddMassTransit(bus =>
    {
        bus.UsingRabbitMq((provider, rabbit) =>
        {
            rabbit.Host(new Uri(builder.Configuration.GetConnectionString("RabbitMq") ?? throw new InvalidOperationException("ConnectionStrings:RabbitMq is missing.")),
                host => host.PublisherConfirmation = true);
            rabbit.Message<BrokerProbe>(m => m.SetEntityName("leftbehind.probe"));
            rabbit.ConfigurePages();
            rabbit.ConfigureLanes(provider, service);
        });
    }).Configure<MassTransitHostOptions>(host =>
    {
        host.WaitUntilStarted = false;
        host.StopTimeout = TimeSpan.FromSeconds(15);
        host.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
    });
}

/// <summary>Published to nobody, to learn whether the broker still confirms.</summary>
public sealed record BrokerProbe(DateTimeOffset At);
