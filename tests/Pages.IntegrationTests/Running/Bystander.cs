using System.Collections.Concurrent;
using LeftBehind.Contracts;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>The test's own side of the bus: it sees every page that the teller tells, and can tell pages itself.</summary>
internal sealed class Bystander : IAsyncDisposable
{
    private readonly ConcurrentQueue<SeenPage> seen = [];
    private readonly Uri broker;
    private readonly IBusControl bus;

    private Bystander(Uri broker, bool echo)
    {
        this.broker = broker;
        var echoed = new ConcurrentDictionary<(Guid, long, long), bool>();
        bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.ConfigurePages();
            rabbit.ReceiveEndpoint($"bystander-{Guid.NewGuid():N}", queue =>
            {
                queue.ConfigureConsumeTopology = false;
                queue.AutoDelete = true;
                queue.ConcurrentMessageLimit = 1;
                queue.Bind("leftbehind.pages", b => { b.ExchangeType = "direct"; b.RoutingKey = Teller.Schema; b.Durable = true; });
                queue.Handler<EventPage>(async page =>
                {
                    seen.Enqueue(new(page.Message, page.ReceiveContext.Body.Length ?? 0));
                    if (echo && echoed.TryAdd((page.Message.Incarnation, page.Message.Floor, page.Message.Ceiling), true))
                        await bus!.Publish(page.Message, page.CancellationToken);
                });
            });
        });
    }

    public IReadOnlyCollection<SeenPage> Seen => seen;

    public static async Task<Bystander> ListenAsync(Uri broker, CancellationToken ct, bool echo = false)
    {
        var bystander = new Bystander(broker, echo);
        // The bus itself would try for ever.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await bystander.bus.StartAsync(limit.Token);
        return bystander;
    }

    public Task TellAsync(EventPage page, CancellationToken ct) => bus.Publish(page, ct);

    public Task DeleteQueueAsync(string name) => AskAsync(channel => channel.QueueDeleteAsync(name));

    /// <summary>Removes the pages that an earlier test left.</summary>
    public async Task EmptyQueueAsync(string name)
    {
        if (await HasQueueAsync(name))
            await AskAsync(channel => channel.QueuePurgeAsync(name));
    }

    public Task<uint> WaitingAsync(string queue) => AskAsync(channel => channel.MessageCountAsync(queue));

    public async Task<bool> HasQueueAsync(string name)
    {
        try
        {
            await AskAsync(channel => channel.QueueDeclarePassiveAsync(name));
            return true;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await bus.StopAsync(TimeSpan.FromSeconds(10));

    private async Task<T> AskAsync<T>(Func<IChannel, Task<T>> question)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await question(channel);
    }
}

internal sealed record SeenPage(EventPage Page, long Bytes);
