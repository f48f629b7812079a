using LeftBehind.Servers.Installations;

namespace LeftBehind.Launcher;

/// <summary>Starts a service again when it ends unasked.</summary>
internal static class Supervision
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    internal static async Task KeepRunningAsync(ServiceInstance service, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var code = await service.WaitForExitAsync(cancellation);
                Console.WriteLine($"{service.Name} ended with {code}, see {service.Log}; starting it again");
                await Task.Delay(Pause, cancellation);
                await StartAsync(service, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The installation is being stopped.
        }
    }

    private static async Task StartAsync(ServiceInstance service, CancellationToken cancellation)
    {
        try
        {
            await service.StartAsync(cancellation);
        }
        catch (Exception error) when (error is InvalidOperationException or TimeoutException)
        {
            Console.WriteLine(error.Message);
        }
    }
}
