using System.Diagnostics;
using LeftBehind.Contracts;

namespace LeftBehind.Pages;

/// <summary>
/// One span per push in a page: its parent is the push's own trace context, and it is linked to the page's span.
/// The facts are handed on with the new span as their trace context, so a push stays one trace across services.
/// </summary>
internal sealed class PageSpans : IDisposable
{
    private readonly Dictionary<string, Activity?> spans = new(StringComparer.Ordinal);

    public PageSpans(string source, IReadOnlyList<PagedEvent> facts)
    {
        var page = Activity.Current;
        foreach (var traceparent in facts.Select(f => f.Traceparent).OfType<string>().Distinct(StringComparer.Ordinal))
            if (ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent))
                spans[traceparent] = PageMetrics.Spans.StartActivity($"take facts of {source}", ActivityKind.Consumer, parent,
                    links: page is null ? null : [new(page.Context)]);
        Activity.Current = page;
        Facts = spans.Values.All(s => s is null) ? facts : [.. facts.Select(Continued)];
    }

    public IReadOnlyList<PagedEvent> Facts { get; }

    private PagedEvent Continued(PagedEvent fact) =>
        fact.Traceparent is { } t && spans.GetValueOrDefault(t)?.Id is { } id ? fact with { Traceparent = id } : fact;

    public void Dispose()
    {
        foreach (var span in spans.Values)
            span?.Dispose();
    }
}
