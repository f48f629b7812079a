using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Xunit;

namespace LeftBehind.Pages.Tests;

/// <summary>One lane, several handlers: each fact meets those that want it, in the order of the log.</summary>
public sealed class HandlersTests
{
    [Fact]
    public void Facts_are_cut_where_the_handlers_that_want_them_change()
    {
        var (both, one, other) = (new Wanting("a", "b"), new Wanting("a"), new Wanting("b"));
        var runs = new Handlers(one, other).Runs(Facts("a", "a", "b", "a")).ToList();
        Assert.Equal(["0 1", "2", "3"], runs.Select(r => string.Join(' ', r.Facts.Select(f => f.Sequence))));
        Assert.Equal([one, other, one], runs.Select(r => Assert.Single(r.Wanting)));

        var shared = Assert.Single(new Handlers(both, new Wanting("a", "b")).Runs(Facts("a", "b")));
        Assert.Equal((2, 2), (shared.Wanting.Count, shared.Facts.Count));
        Assert.Empty(new Handlers(one).Runs([]));
    }

    [Fact]
    public void A_lane_wants_what_any_of_its_handlers_wants()
    {
        var handlers = new Handlers(new Wanting("a"), new Wanting("b"));
        Assert.True(handlers.Wants("a") && handlers.Wants("b") && !handlers.Wants("c"));
        Assert.Equal("source", handlers.Source);
    }

    [Fact]
    public void Handlers_of_two_sources_share_no_lane() =>
        Assert.Throws<ArgumentException>(() => new Handlers(new Wanting("a"), new Wanting("a") { Source = "another" }));

    private static PagedEvent[] Facts(params string[] types) =>
        [.. types.Select((type, i) => new PagedEvent(i, Guid.NewGuid(), Guid.NewGuid(), 1, Guid.NewGuid(), type, DateTimeOffset.UnixEpoch, new(2026, 3, 1), null, null, "{}"))];

    private sealed class Wanting(params string[] types) : IPageHandler
    {
        public string Source { get; init; } = "source";

        public bool Wants(string type) => types.Contains(type);

        public Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct) => Task.CompletedTask;
    }
}
