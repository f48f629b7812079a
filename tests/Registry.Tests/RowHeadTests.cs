using LeftBehind.Intake;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Registry.Tests;

/// <summary>The fields that every pushed row has.</summary>
public sealed class RowHeadTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("a\u0000b", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("row-431003201605012348", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("row-43100320160501234X", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("row-431003550308002", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("４３１００３５５０３０８００２", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("张三-1", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("e 1", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("e1\n", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("tel-13800001111", 1, "2026-03-01T08:00:00+08:00", "", "source_event_id")]
    [InlineData("e1", 0, "2026-03-01T08:00:00+08:00", "", "source_sequence")]
    [InlineData("e1", -5, "2026-03-01T08:00:00+08:00", "", "source_sequence")]
    [InlineData("e1", 1, "", "", "occurred_at")]
    [InlineData("e1", 1, "yesterday", "", "occurred_at")]
    [InlineData("e1", 1, "2026-03-01", "", "occurred_at")]
    [InlineData("e1", 1, "2026-03-01T08:00:00", "", "occurred_at")]
    [InlineData("e1", 1, "Tue, 24 Feb 2026 08:00:00 GMT", "", "occurred_at")]
    [InlineData("e1", 1, "2026-02-30T08:00:00Z", "", "occurred_at")]
    [InlineData("e1", 1, "2026-03-02T12:05:01+08:00", "", "occurred_at")]
    [InlineData("e1", 1, "9999-12-31T23:59:59Z", "", "occurred_at")]
    [InlineData("e1", 1, "2026-03-01T08:00:00+08:00", "01.03.2026", "effective_on")]
    [InlineData("e1", 1, "2026-03-01T08:00:00+08:00", "2026-03-03", "effective_on")]
    [InlineData("e1", 1, "2026-03-01T08:00:00+08:00", "1989-12-31", "effective_on")]
    [InlineData("e1", 1, "0001-01-01T00:00:00Z", "", "effective_on")]
    public void A_wrong_field_is_named(string id, long sequence, string at, string on, string field)
    {
        var row = Read(id, sequence, at, on);
        Assert.Equal((Verdict.Rejected, field), (row.Verdict, row.Field));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("20260301080000")]
    [InlineData("urn:row/2026-03-01_7.Z")]
    [InlineData("0198c1f2-7b1e-7c3a-9f00-4310035503ab")]
    public void A_plain_id_is_taken(string id) => Assert.True(Read(id, 1, "2026-03-01T08:00:00+08:00", "").IsOpen);

    [Fact]
    public void An_id_has_at_most_100_characters() =>
        Assert.Equal((true, false), (RowHead.HasUsableId(new('x', 100)), RowHead.HasUsableId(new('x', 101))));

    [Theory]
    [InlineData("2026-03-01T08:00:00+08:00", "", "2026-03-01")]
    [InlineData("2026-03-01T17:30:00Z", "", "2026-03-02")]
    [InlineData("2026-03-01T17:30:00.1234567Z", "2025-12-31", "2025-12-31")]
    [InlineData("2026-03-02T12:04:59+08:00", "", "2026-03-02")]
    public void A_row_counts_from_the_day_it_says_or_the_day_in_China_on_which_it_happened(string at, string on, string counts)
    {
        var row = Read("e1", 7, at, on);
        Assert.True(row.IsOpen);
        Assert.Equal((7L, DateOnly.Parse(counts, null)), (row.Sequence, row.EffectiveOn));
        Assert.Equal(TimeSpan.Zero, row.OccurredAt.Offset);
    }

    private static PushedRow<string> Read(string id, long sequence, string at, string on)
    {
        var row = new PushedRow<string>("", "population-base", id, []);
        RowHead.Read(row, new(id, sequence, at, on), Now);
        return row;
    }
}
