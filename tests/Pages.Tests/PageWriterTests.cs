using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Xunit;

namespace LeftBehind.Pages.Tests;

public sealed class PageWriterTests
{
    private const int MaxBytes = 256 * 1024;

    private static readonly Guid Incarnation = Guid.NewGuid();
    private static readonly PageWriter Writer = new(Words.Source, new Words(), Words.Facts);

    // Written as the bus writes it.
    private static readonly JsonSerializerOptions OnTheBus = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Pieces = ["a", "\"", "\\", "儿", "𠀀", "\n"];

    private static readonly Gen<string> Text = Gen.Select(
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.Frequency((8, Gen.Int[0, 300]), (2, Gen.Int[1_000, 40_000]), (1, Gen.Int[40_000, 150_000])),
        (piece, times) => string.Concat(Enumerable.Repeat(piece, times)));

    private static readonly Gen<Range> Ranges =
        from floor in Gen.Long[0, 1_000_000]
        from events in Gen.Select(Gen.Int[1, 5], Gen.Int[0, 3], Text).Array[0, 40]
        from beyond in Gen.Int[0, 5]
        select Range.Of(floor, beyond, events);

    [Fact]
    public void Pages_are_contiguous_and_complete_whatever_happened() => Ranges.Sample(range =>
    {
        var pages = Cut(range.Floor, range.Ceiling, range.Events);
        Assert.Equal(range.Floor, pages[0].Floor);
        Assert.Equal(range.Ceiling, pages[^1].Ceiling);
        Assert.All(pages.Zip(pages.Skip(1)), pair => Assert.Equal(pair.First.Ceiling, pair.Second.Floor));
        Assert.All(pages, page => Assert.All(page.Events, fact => Assert.InRange(fact.Sequence, page.Floor + 1, page.Ceiling)));
        Assert.Equal(
            range.Events.SelectMany(e => Enumerable.Repeat(e.Sequence, ((Happened)e.Data).Facts)),
            pages.SelectMany(page => page.Events).Select(fact => fact.Sequence));
    }, iter: 60);

    [Fact]
    public void A_page_fits_into_256_KB_unless_a_single_event_is_larger() => Ranges.Sample(range =>
        Assert.All(Cut(range.Floor, range.Ceiling, range.Events), page => Assert.True(
            JsonSerializer.SerializeToUtf8Bytes(page, OnTheBus).Length <= MaxBytes || page.Events.DistinctBy(f => f.Sequence).Count() == 1)), iter: 60);

    [Fact]
    public void A_page_is_cut_only_when_the_next_event_does_not_fit()
    {
        var small = Range.Of(0, 0, [.. Enumerable.Repeat((1, 1, "short"), 250)]);
        Assert.Single(Cut(0, small.Ceiling, small.Events));
    }

    [Fact]
    public void Facts_keep_their_ids_wherever_the_log_is_cut() => Gen.Select(Ranges, Gen.Int[0, 40]).Sample((range, at) =>
    {
        var (first, second) = (range.Events.Take(at).ToList(), range.Events.Skip(at).ToList());
        var border = second.Count > 0 ? second[0].Sequence - 1 : range.Ceiling;
        var whole = Ids(Cut(range.Floor, range.Ceiling, range.Events));
        Assert.Equal(whole, Ids([.. Cut(range.Floor, border, first), .. Cut(border, range.Ceiling, second)]));
        Assert.Equal(whole.Count, whole.Distinct().Count());
    }, iter: 40);

    [Fact]
    public void Only_facts_first_told_after_a_version_are_told_for_it_and_under_the_same_ids() => Ranges.Sample(range =>
    {
        var all = Cut(range.Floor, range.Ceiling, range.Events).SelectMany(p => p.Events).Where(f => f.Type == "told_besides").Select(f => f.Id);
        var newer = Writer.Cut(Incarnation, range.Floor, range.Ceiling, range.Events, sinceVersion: 1).SelectMany(p => p.Events).ToList();
        Assert.All(newer, fact => Assert.Equal("told_besides", fact.Type));
        Assert.Equal(all, newer.Select(f => f.Id));
        Assert.All(Writer.Cut(Incarnation, range.Floor, range.Ceiling, range.Events, sinceVersion: 2), page => Assert.Empty(page.Events));
    }, iter: 25);

    private static List<EventPage> Cut(long floor, long ceiling, IEnumerable<StoredEvent> events) => [.. Writer.Cut(Incarnation, floor, ceiling, events)];

    private static List<Guid> Ids(IEnumerable<EventPage> pages) => [.. pages.SelectMany(p => p.Events).Select(f => f.Id)];

    private sealed record Range(long Floor, long Ceiling, List<StoredEvent> Events)
    {
        public static Range Of(long floor, int beyond, (int Step, int Facts, string Text)[] events)
        {
            var sequence = floor;
            var meta = new EventMeta(DateTimeOffset.UnixEpoch, new(2026, 3, 1), new("population-base", "row-1"), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            List<StoredEvent> stored = [.. events.Select(e => new StoredEvent(
                sequence += e.Step, Guid.NewGuid(), Guid.NewGuid(), 1, new Happened(e.Facts, e.Text), meta))];
            return new(floor, sequence + beyond, stored);
        }

        public override string ToString() => $"({Floor}, {Ceiling}] with {Events.Count} events";
    }
}
