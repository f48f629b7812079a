using System.Text;
using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.OfficialTable;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

/// <summary>农村留守儿童基本情况排查汇总表 and its cross-checks (勾稽关系).</summary>
public sealed class OfficialTableTests
{
    private static readonly Gen<SubjectFacts> Child = Gen.Select(Sample.Child, Sample.Schooling, (child, schooling) => Sample.Of(child, schooling));

    [Fact]
    public void The_sums_hold_for_whatever_children_are_counted_and_at_every_level() => Child.List[0, 60].Sample(children =>
    {
        var villages = children.Chunk(7).Select(Counted).ToList();
        var town = Counted(children);
        Assert.DoesNotContain(JudgeRow.Judge(TableRules.All, DivisionLevel.Town, town, villages), f => f.Rule.Op == "=");
        Assert.All(villages, v => Assert.DoesNotContain(JudgeRow.Judge(TableRules.All, DivisionLevel.Village, v, null), f => f.Rule.Op == "="));
    }, iter: 200);

    [Fact]
    public void Each_dimension_has_a_column_for_what_was_not_collected_and_no_measure_has_two_columns()
    {
        Assert.Equal(OfficialColumns.All.Count, OfficialColumns.All.DistinctBy(c => c.Measure).Count());
        Assert.All(OfficialColumns.All.Select(c => c.Key.Split('.')[0]).Distinct().Except(["total"]),
            dimension => Assert.Contains(OfficialColumns.All, c => c.Key.StartsWith($"{dimension}.notCollected", StringComparison.Ordinal)));
        // Every bucket of a dimension but the ages that end being left behind.
        foreach (var dimension in OfficialColumns.All.Select(c => c.Key.Split('.')[0]).Distinct())
            Assert.Equal(Measures.Of([Measures.LeftBehind], [dimension]).Where(m => !Measures.All[m].Contains("16-17", StringComparison.Ordinal)).Order(),
                OfficialColumns.All.Where(c => c.Key.Split('.')[0] == dimension).Select(c => c.Measure).Order());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_is_broken_by_some_row(string id)
    {
        var rule = TableRules.All.Single(r => r.Id == id);
        var row = Measures.NoFigures();
        row[OfficialColumns.All.First(c => TableRules.Names(rule.Left[0], c)).Measure] = 1;
        var finding = Assert.Single(JudgeRow.Judge([rule], DivisionLevel.Town, row, [Measures.NoFigures()]));
        Assert.Equal((true, 1, 0), (finding.Judged, finding.Left, finding.Right));
    }

    public static TheoryData<string> Rules() => [.. TableRules.All.Select(r => r.Id)];

    [Fact]
    public void What_was_not_collected_leaves_a_rule_open_that_it_might_decide()
    {
        var row = Row(("schooling.primary", 5), ("ageSex.0-5.male", 5), ("schooling.notCollected", 1));
        var finding = Assert.Single(JudgeRow.Judge(TableRules.All, DivisionLevel.Village, row, null), f => f.Rule.Id == "R10");
        Assert.False(finding.Judged);
        Assert.True(Assert.Single(JudgeRow.Judge(TableRules.All, DivisionLevel.Village, Row(("schooling.primary", 5), ("ageSex.0-5.male", 5)), null), f => f.Rule.Id == "R10").Judged);
        // A child whose sex alone is unknown is of a known age.
        Assert.True(Assert.Single(JudgeRow.Judge(TableRules.All, DivisionLevel.Village, Row(("schooling.primary", 5), ("ageSex.0-5.notCollected", 5)), null), f => f.Rule.Id == "R10").Judged);
    }

    [Fact]
    public void A_division_that_is_not_the_sum_of_those_below_says_in_which_column()
    {
        var (one, two) = (Row(("carer.none", 1), ("total.all", 1)), Row(("carer.none", 2), ("total.all", 2)));
        var finding = Assert.Single(JudgeRow.Judge(TableRules.All, DivisionLevel.County, Row(("carer.none", 4), ("total.all", 3)), [one, two]), f => f.Rule.Id == "R09");
        Assert.Equal(("carer.none", 4, 3), (finding.Column?.Key, finding.Left, finding.Right));
        // A village has nothing below.
        Assert.DoesNotContain(JudgeRow.Judge(TableRules.All, DivisionLevel.Village, one, []), f => f.Rule.Id == "R09");
    }

    [Theory]
    [InlineData("""[{"id":"X","left":["schoolin"],"op":"=","right":["total.all"],"missing":"counts","importance":"error","text":""}]""", "schoolin")]
    [InlineData("""[{"id":"X","left":["total"],"op":">","right":["total.all"],"missing":"counts","importance":"error","text":""}]""", "X")]
    [InlineData("""[{"id":"X","left":[],"op":"=","right":["total.all"],"missing":"counts","importance":"error","text":""}]""", "X")]
    public void A_rule_that_names_no_column_or_cannot_be_judged_is_refused_when_it_is_read(string json, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => TableRules.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)))).Message, StringComparison.Ordinal);

    private static long[] Row(params (string Key, long N)[] cells)
    {
        var row = Measures.NoFigures();
        foreach (var (key, n) in cells)
            row[OfficialColumns.All.Single(c => c.Key == key).Measure] = n;
        return row;
    }

    private static long[] Counted(IEnumerable<SubjectFacts> children)
    {
        var row = Measures.NoFigures();
        foreach (var measure in children.SelectMany(c => Cells.Of(c, Sample.Today)))
            row[measure]++;
        return row;
    }
}
