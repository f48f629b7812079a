using CsCheck;
using LeftBehind.Assessment.Instruments;
using Xunit;

namespace LeftBehind.Assessment.Tests;

/// <summary>What an instrument says of answers.</summary>
public class ScoringTests
{
    private static readonly InstrumentPublished Risk = Published(ShippedInstruments.Risk), Grade = Published(ShippedInstruments.Grade);

    private static readonly Gen<(InstrumentPublished Version, Dictionary<string, int> Answers)> Answered =
        from risk in Gen.Bool
        let version = risk ? Risk : Grade
        from points in Gen.Int[0, 10].Array[version.Content.Items.Count]
        from left in Gen.Bool.Array[version.Content.Items.Count]
        select (version, version.Content.Items.Select((item, i) => (item, i)).Where(t => t.item.Required || left[t.i]).ToDictionary(t => t.item.Code, t => points[t.i] % (t.item.Most + 1)));

    [Fact]
    public void The_best_of_everything_is_nothing_and_the_worst_is_100()
    {
        var (best, worst) = (Scoring.Of(Risk, Answers(Risk, worst: false)), Scoring.Of(Risk, Answers(Risk, worst: true)));
        Assert.Equal((0, "Low", "Low"), (best.Points, best.Outcome, best.Floor));
        Assert.Equal((100, "High", "High"), (worst.Points, worst.Outcome, worst.Floor));
        Assert.Equal(("Good", "Poor"), (Scoring.Of(Grade, Answers(Grade, worst: false)).Outcome, Scoring.Of(Grade, Answers(Grade, worst: true)).Outcome));
    }

    [Fact]
    public void A_hard_trigger_decides_whatever_the_points_say()
    {
        var answers = Answers(Risk, worst: false);
        answers["exploited"] = 1;
        var scored = Scoring.Of(Risk, answers);
        Assert.True(scored.Points < 25);
        Assert.Equal(("High", "High"), (scored.Outcome, scored.Floor));
        Assert.Equal(["exploited"], scored.Triggered);
    }

    [Fact]
    public void Points_lie_from_a_cut_off_until_before_the_next()
    {
        // Of four equal items each is 25 points: the first cut-off lies at 25, inclusive.
        InstrumentItem Item(string code) => new(code, "one", "t", 1, 1, Orientation.MoreIsWorse, true, "s");
        var content = new InstrumentContent("four", InstrumentKind.Risk, "t", "b", [new("one", "t", 1)], [Item("aa"), Item("bb"), Item("cc"), Item("dd")],
            [new("Low", 0, 25), new("Medium", 25, 50), new("High", 50, 100)], []);
        Assert.Empty(InstrumentRules.FaultsOf(content));
        foreach (var (bad, outcome) in new[] { (0, "Low"), (1, "Medium"), (2, "High"), (4, "High") })
            Assert.Equal((25 * bad, outcome), Of(bad));

        (int, string) Of(int bad)
        {
            var scored = Scoring.Of(new(1, content, default, ""), content.Items.Select((i, at) => (i, at)).ToDictionary(t => t.i.Code, t => t.at < bad ? 1 : 0));
            return (scored.Points, scored.Outcome);
        }
    }

    [Fact]
    public void What_is_missing_unknown_or_out_of_range_is_said_by_its_field()
    {
        var answers = Answers(Risk, worst: false);
        answers.Remove("violence");
        answers["unattended"] = 4;
        answers["invented"] = 1;
        Assert.Equal(["answers.violence: is required", "answers.*: an item that the instrument does not have", "answers.unattended: 0 to 3"],
            Scoring.FaultsOf(Risk.Content, answers).Select(f => f.ToString()));
        Assert.Empty(Scoring.FaultsOf(Risk.Content, Answers(Risk, worst: false).Where(a => a.Key != "attendance").ToDictionary()));
    }

    [Fact]
    public void A_worse_answer_never_has_fewer_points_or_a_better_outcome() => Answered.Sample(given =>
    {
        var (version, answers) = given;
        Assert.Empty(Scoring.FaultsOf(version.Content, answers));
        var (words, before) = (InstrumentRules.OutcomesOf(version.Content.Kind), Scoring.Of(version, answers));
        Assert.InRange(before.Points, 0, 100);
        Assert.True(Array.IndexOf(words, before.Outcome) >= Array.IndexOf(words, before.Floor));
        foreach (var item in version.Content.Items.Where(i => answers.ContainsKey(i.Code)))
        {
            var worse = answers[item.Code] + (item.Orientation is Orientation.MoreIsWorse ? 1 : -1);
            if (worse < 0 || worse > item.Most)
                continue;
            var after = Scoring.Of(version, new Dictionary<string, int>(answers) { [item.Code] = worse });
            Assert.True(after.Points >= before.Points && Array.IndexOf(words, after.Outcome) >= Array.IndexOf(words, before.Outcome));
        }
    }, iter: 500);

    internal static Dictionary<string, int> Answers(InstrumentPublished version, bool worst) =>
        version.Content.Items.ToDictionary(i => i.Code, i => worst == i.Orientation is Orientation.MoreIsWorse ? i.Most : 0);

    private static InstrumentPublished Published(string code) => new(1, ShippedInstruments.All[code], new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), ShippedInstruments.By);
}
