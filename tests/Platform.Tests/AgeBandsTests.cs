using CsCheck;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Figures;

namespace LeftBehind.Platform.Tests;

/// <summary>Ages are counted on the last day turned, never by the clock.</summary>
public sealed class AgeBandsTests
{
    [Theory]
    [InlineData("2020-03-03", "0-5")]
    [InlineData("2020-03-02", "6-13")]
    [InlineData("2012-03-03", "6-13")]
    [InlineData("2012-03-02", "14-15")]
    [InlineData("2010-03-03", "14-15")]
    [InlineData("2010-03-02", "16-17")]
    [InlineData("2008-03-03", "16-17")]
    [InlineData("2026-03-02", "0-5")]
    public void A_band_ends_on_the_day_before_the_birthday(string born, string band) =>
        Assert.Contains($"onFile.ageSex.{band}.female", Sample.Names(Sample.Of(Plain(DateOnly.Parse(born, null)))));

    [Fact]
    public void Who_was_born_on_29_February_turns_on_1_March_of_common_years()
    {
        var child = Sample.Of(Plain(new(2020, 2, 29)));
        Assert.Equal(new DateOnly(2026, 3, 1), Cells.TurnsOn(child, new(2026, 2, 28)));
        Assert.Contains("onFile.ageSex.0-5.female", Sample.Names(child, new(2026, 2, 28)));
        Assert.Contains("onFile.ageSex.6-13.female", Sample.Names(child, new(2026, 3, 1)));
    }

    [Fact]
    public void A_left_behind_child_past_16_stays_in_the_last_band_until_Registry_ends_it()
    {
        var cells = Sample.Names(Sample.Of(Sample.LeftBehind(new(2010, 3, 1))));
        Assert.Contains("leftBehind.ageSex.14-15.female", cells);
        Assert.Contains("onFile.ageSex.16-17.female", cells);
        cells = Sample.Names(Sample.Of(Plain(new(2010, 3, 1))));
        Assert.DoesNotContain(cells, c => c.StartsWith("leftBehind", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_moves_by_itself_before_the_day_it_turns_on() => Gen.Select(Sample.Child, Gen.Int[0, 8 * 366]).Sample((child, ahead) =>
    {
        var subject = Sample.Of(child);
        var turns = Cells.TurnsOn(subject, Sample.Today);
        Assert.False(turns <= Sample.Today);
        var day = Sample.Today.AddDays(ahead);
        if (turns is null || day < turns)
            Assert.Equal(Cells.Of(subject, Sample.Today), Cells.Of(subject, day));
    }, iter: 3000);

    [Fact]
    public void Turning_day_by_day_and_turning_once_over_a_gap_count_the_same() => Sample.Pupil.Sample(pupil =>
    {
        var subject = Sample.Of(pupil);
        var (cells, turns) = (Cells.Of(subject, Sample.Today), Cells.TurnsOn(subject, Sample.Today));
        var last = Sample.Today.AddDays(400);
        for (var day = Sample.Today; day <= last; day = day.AddDays(1))
            if (turns <= day)
                (cells, turns) = (Cells.Of(subject, day), Cells.TurnsOn(subject, day));
        Assert.Equal(Cells.Of(subject, last), cells);
    });

    [Fact]
    public void Who_has_no_birth_date_never_turns() => Assert.Null(Cells.TurnsOn(Sample.Of(Plain(null)), Sample.Today));

    private static ChildFacts Plain(DateOnly? born) =>
        Sample.LeftBehind(born) with { Category = ChildCategory.None, Reason = null };
}
