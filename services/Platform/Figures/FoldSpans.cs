using System.Diagnostics;
using JasperFx.Events;

namespace LeftBehind.Platform.Figures;

/// <summary>A span per push in the page, so that a push's trace ends where its figures are counted.</summary>
internal sealed class FoldSpans : IDisposable
{
    private readonly List<Activity> spans = [];

    public FoldSpans(ActivitySource source, IReadOnlyList<IEvent> events)
    {
        if (!source.HasListeners())
            return;
        var before = Activity.Current;
        foreach (var traceparent in events.Select(e => e.Headers?.GetValueOrDefault("traceparent")?.ToString()).OfType<string>().Distinct(StringComparer.Ordinal))
            if (ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent) && source.StartActivity("fold figures", ActivityKind.Internal, parent) is { } span)
                spans.Add(span);
        Activity.Current = before;
    }

    public void Dispose()
    {
        foreach (var span in spans)
            span.Dispose();
    }
}
