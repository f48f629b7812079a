using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LeftBehind.EndToEndTests.Leaks;

/// <summary>Every page that the services send each other, heard from a queue of the test's own beside theirs.</summary>
internal sealed class Overheard : IAsyncDisposable
{
    private const string Exchange = "leftbehind.pages";
    private static readonly string[] Sources = ["registry", "education", "reporting", "assessment", "guardianship", "platform"];

    private readonly ConcurrentQueue<(string Source, byte[] Body, BasicProperties Properties)> pages = [];
    private readonly IConnection connection;

    private IChannel? channel;

    private Overheard(IConnection connection) => this.connection = connection;

    public IReadOnlyCollection<(string Source, byte[] Body, BasicProperties Properties)> Pages => pages;

    /// <summary>Sends every page of a source once more, as it was sent.</summary>
    public async Task SendAgainAsync(string source, CancellationToken ct)
    {
        foreach (var page in pages.Where(p => p.Source == source).ToList())
            await channel!.BasicPublishAsync(Exchange, source, mandatory: true, page.Properties, page.Body, ct);
    }

    /// <summary>Sends every page of all sources twice more, in any order.</summary>
    public async Task SendAgainInAnyOrderAsync(Random random, CancellationToken ct)
    {
        var again = pages.Concat(pages).ToArray();
        random.Shuffle(again);
        foreach (var page in again)
            await channel!.BasicPublishAsync(Exchange, page.Source, mandatory: true, page.Properties, page.Body, ct);
    }

    public static async Task<Overheard> ListenAsync(Uri broker, CancellationToken ct)
    {
        var overheard = new Overheard(await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(ct));
        var channel = overheard.channel = await overheard.connection.CreateChannelAsync(cancellationToken: ct);
        var queue = await channel.QueueDeclareAsync(cancellationToken: ct);
        foreach (var source in Sources)
            await channel.QueueBindAsync(queue.QueueName, Exchange, source, cancellationToken: ct);
        var ear = new AsyncEventingBasicConsumer(channel);
        ear.ReceivedAsync += (_, page) =>
        {
            overheard.pages.Enqueue((page.RoutingKey, page.Body.ToArray(), new(page.BasicProperties)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, ear, ct);
        return overheard;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
