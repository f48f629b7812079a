using CsCheck;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Tests;

/// <summary>Properties of the determination over random histories.</summary>
public sealed class ChangesTests
{
    private static readonly DateOnly Day = Samples.Today;

    private static readonly Gen<(Parent, ParentState, DateOnly)> Told =
        Gen.Select(Gen.Enum<Parent>(), Gen.Enum<ParentState>(), Gen.Int[0, 120], (p, s, ago) => (p, s, Day.AddDays(-ago)));

    /// <summary>Birthdays of 16 and 18 lie near the day, or nothing is known.</summary>
    private static readonly Gen<DateOnly?> Born = Gen.Select(Gen.Int[0, 3], Gen.Int[-60, 60], (kind, days) =>
        kind switch { 0 => (DateOnly?)null, 1 => Day.AddYears(-16).AddDays(days), 2 => Day.AddYears(-18).AddDays(days), _ => Day.AddYears(-9) });

    private static readonly Gen<Child> File =
        Gen.Select(Born, Gen.Enum<Residency>(), Told.Array[0, 8], (born, residency, told) => Samples.File(born, residency, [.. told.OrderBy(t => t.Item3)]));

    [Fact]
    public void Nothing_changes_by_itself_before_the_next_change_is_due() => File.Sample(file =>
    {
        var now = file.On(Day);
        var next = now.Facts.State is FileState.Open ? DetermineCategory.Of(now, Day).NextChange : null;
        for (var day = Day.AddDays(1); day < (next ?? Day.AddDays(200)); day = day.AddDays(1))
            Assert.Empty(DetermineCategory.Decide(now, day));
    });

    [Fact]
    public void Sweeping_only_the_due_days_ends_where_sweeping_every_day_does() => File.Sample(file =>
    {
        var (daily, due) = (file.On(Day), file.On(Day));
        var next = DetermineCategory.Of(due, Day).NextChange;
        for (var day = Day.AddDays(1); day < Day.AddDays(150); day = day.AddDays(1))
        {
            daily = daily.On(day);
            if (next > day)
                continue;
            due = due.On(day);
            next = DetermineCategory.Of(due, day).NextChange;
        }
        Assert.Equal(daily.Facts, due.Facts);
    });

    [Fact]
    public void A_day_swept_twice_decides_nothing_the_second_time() => File.Sample(file => Assert.Empty(DetermineCategory.Decide(file.On(Day), Day)));

    /// <summary>Of two rows on the same parent the higher sequence wins, whenever it arrives.</summary>
    [Fact]
    public void Rows_on_a_parent_in_any_order_end_with_the_last_of_the_source() => Gen.Select(Told.Array[1, 8], Gen.Int.Array[8]).Sample((told, order) =>
    {
        var rows = told.OrderBy(t => t.Item3).Select((t, i) => (Sequence: i, Status: t.Item2, Since: t.Item3)).ToArray();
        var (record, taken) = (ParentRecord.Unknown, -1);
        foreach (var row in rows.OrderBy(r => order[r.Sequence]))
            if (row.Sequence >= taken)
                (record, taken) = (record.Told(row.Status, row.Since), row.Sequence);
        var inOrder = rows.Aggregate(ParentRecord.Unknown, (r, row) => r.Told(row.Status, row.Since));
        Assert.Equal((inOrder.Status, inOrder.Since), (record.Status, record.Since));
        for (var day = inOrder.Since.AddDays(ParentRecord.DaysUntilItCounts); day < Day.AddDays(200); day = day.AddDays(1))
            Assert.Equal(inOrder.CountedOn(day), record.CountedOn(day));
    });
}
