using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;

namespace LeftBehind.EventLog.IntegrationTests;

/// <summary>What Marten's daemon reads.</summary>
internal sealed class Seen : SubscriptionBase
{
    public static readonly ConcurrentQueue<IEvent> Events = [];

    public static void Subscribe(IServiceProvider services, StoreOptions store) => store.Events.Subscribe(new Seen());

    public override Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        foreach (var e in page.Events)
            Events.Enqueue(e);
        return Task.FromResult<IChangeListener>(NullChangeListener.Instance);
    }
}
