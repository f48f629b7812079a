using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Xunit;

namespace LeftBehind.Pages.Tests;

public sealed class InTurnTests
{
    [Fact]
    public void A_lane_wants_what_any_of_its_handlers_wants()
    {
        var lane = new InTurn(new Wanting("a"), new Wanting("b"));
        Assert.Equal([true, true, false], ((string[])["a", "b", "c"]).Select(lane.Wants));
    }

    [Fact]
    public void Handlers_of_a_lane_listen_to_one_source() =>
        Assert.Throws<InvalidOperationException>(() => new InTurn(new Wanting("a"), new Wanting("a") { Source = "another" }));

    private sealed class Wanting(string type) : IPageHandler
    {
        public string Source { get; init; } = "here";

        public bool Wants(string asked) => asked == type;

        public Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct) => Task.CompletedTask;
    }
}
