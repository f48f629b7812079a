using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;

namespace LeftBehind.EventLog.IntegrationTests;

/// <summary>A shard that takes events only when it is willing to.</summary>
internal sealed class Moody : SubscriptionBase
{
    private int refused;
    private int taken;

    public bool Willing { get; set; }

    public int Refused => Volatile.Read(ref refused);

    public int Taken => Volatile.Read(ref taken);

    public override Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        if (!Willing)
        {
            Interlocked.Increment(ref refused);
            throw new InvalidOperationException("not now");
        }
        Interlocked.Add(ref taken, page.Events.Count);
        return Task.FromResult<IChangeListener>(NullChangeListener.Instance);
    }
}
