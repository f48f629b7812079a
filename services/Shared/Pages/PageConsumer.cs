using LeftBehind.Contracts;
using MassTransit;

namespace LeftBehind.Pages;

/// <summary>The bus's side of a lane.</summary>
public sealed class PageConsumer(Lane lane, CancellationToken stopping) : IConsumer<EventPage>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<EventPage> context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        await lane.TakeAsync(context.Message, either.Token);
    }
}
