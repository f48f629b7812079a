using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Marten;
using Marten.Subscriptions;
using MassTransit;
using Microsoft.Extensions.Logging;

using EventPage = LeftBehind.Contracts.EventPage;

namespace LeftBehind.Pages;

/// <summary>
/// The relay: reads committed events in order and publishes them as pages. The event store is the outbox, progress moves
/// after the broker's confirm, so pages are told at least once and in order. Ranges without facts are told as well, but for those of a log
/// that tells of one stream only: there a page begins where the one before it ended, so that none can be missed either.
/// </summary>
public sealed class RelaySubscription : SubscriptionBase
{
    /// <summary>The progress key.</summary>
    public const string ProgressName = "relay";
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(10);

    private readonly IBus bus;
    private readonly PageWriter writer;
    private readonly SourceIdentity identity;
    private readonly OneStream? only;
    private readonly EventStore store;
    private readonly ILogger<RelaySubscription> log;

    /// <summary>Made once per process; runs on the leader only.</summary>
    public RelaySubscription(IBus bus, PageWriter writer, SourceIdentity identity, IRelay relay, EventStore store, ILogger<RelaySubscription> log)
    {
        (this.bus, this.writer, this.identity, only, this.store, this.log) = (bus, writer, identity, relay.Only, store, log);
        foreach (var type in only?.Types ?? [])
            IncludeType(type);
        Name = ProgressName;
        Options.BatchSize = 500;
        Options.MaximumHopperSize = 2000;
    }

    /// <inheritdoc/>
    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        var incarnation = await identity.IncarnationAsync(cancellationToken);
        var (floor, ceiling, events) = (page.SequenceFloor, page.SequenceCeiling, page.Events);
        if (only is not null)
        {
            events = [.. events.Where(e => e.StreamId == only.Id)];
            if (events.Count == 0)
                return NullChangeListener.Instance;
            (floor, ceiling) = (await only.BeforeAsync(store, events[0].Sequence, cancellationToken), events[^1].Sequence);
        }
        foreach (var cut in writer.Cut(incarnation, floor, ceiling, events.Select(StoredEvents.From)))
            await PublishAsync(cut, cancellationToken);
        return NullChangeListener.Instance;
    }

    /// <summary>Publishes until the broker has confirmed: an outage ends by itself, order is kept.</summary>
    private async Task PublishAsync(EventPage page, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(ConfirmWithin);
            try
            {
                await bus.Publish(page, context =>
                {
                    if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                        rabbit.Mandatory = true;
                }, limit.Token);
                PageMetrics.PagesRelayed.Add(1);
                PageMetrics.FactsRelayed.Add(page.Events.Count);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Page ({Floor}, {Ceiling}] was not confirmed ({Error}), attempt {Attempt}", page.Floor, page.Ceiling, e.GetType().Name, attempt);
                await Task.Delay(Backoff.After(attempt), ct);
            }
        }
    }
}
