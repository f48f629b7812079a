namespace LeftBehind.Servers;

/// <summary>A broker that runs, wherever it came from: its address, its control, and what is to be ended with it.</summary>
/// <param name="Uri">Address with user, password and virtual host.</param>
/// <param name="Control">Makes virtual hosts.</param>
/// <param name="Owned">The server, when this process started it.</param>
public sealed record RunningBroker(Uri Uri, RabbitMqControl Control, IAsyncDisposable? Owned) : IAsyncDisposable
{
    /// <summary>The one given by environment, else one in a container, else a private one in the folder.</summary>
    public static async Task<RunningBroker> FindOrStartAsync(Func<string> folder, CancellationToken cancellation = default)
    {
        if (GivenServers.RabbitMq is { } given)
        {
            return new(new Uri(given), RabbitMqControl.At(GivenServers.RabbitMqControl
                ?? throw new InvalidOperationException($"{GivenServers.RabbitMqVariable} needs {GivenServers.RabbitMqControlVariable} beside it.")), null);
        }

        if (await ContainerRabbitMq.IsAvailableAsync(cancellation))
        {
            var container = await ContainerRabbitMq.StartAsync(cancellation);
            return new(container.Uri, container.Control, container);
        }

        if (GivenServers.EngineRequired)
            throw new InvalidOperationException("No container engine answers, or it has no broker image, but this run requires one.");
        var broker = await PrivateRabbitMq.StartAsync(folder(), cancellation: cancellation);
        return new(broker.Uri, broker.Control, broker);
    }

    /// <summary>Makes virtual hosts that the broker's user may use fully; returns the addresses with them.</summary>
    public async Task<IReadOnlyList<Uri>> NewVirtualHostsAsync(IReadOnlyCollection<string> names, CancellationToken cancellation = default)
    {
        await Control.AddVirtualHostsAsync(names, Uri.UserInfo.Split(':')[0], cancellation);
        return [.. names.Select(name => new UriBuilder(Uri) { Path = name }.Uri)];
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Owned?.DisposeAsync() ?? ValueTask.CompletedTask;
}
