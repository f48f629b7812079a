using LeftBehind.Contracts;

namespace LeftBehind.Platform.OfficialTable;

/// <summary>A rule that is broken in a row, or cannot be judged there.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Judged">False where 未采集 leaves it open.</param>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
/// <param name="Column">The column, where a rule goes column by column.</param>
internal sealed record RuleFinding(TableRule Rule, bool Judged, long Left, long Right, OfficialColumn? Column = null);

/// <summary>Judges one row of the official table by the rules (勾稽关系). Pure.</summary>
internal static class JudgeRow
{
    /// <summary>What is broken or open; rules that hold are left out.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="level">Level of the row's division.</param>
    /// <param name="row">The row's figures by measure.</param>
    /// <param name="below">Those of all divisions below; null where they are not known, and nothing is said of them.</param>
    public static IEnumerable<RuleFinding> Judge(IEnumerable<TableRule> rules, DivisionLevel level, long[] row, IReadOnlyList<long[]>? below) => rules
        .Where(rule => rule.Levels is null || rule.Levels.Contains(level))
        .SelectMany(rule => rule.Right is [TableRule.Children] ? ByColumn(rule, row, below) : Whole(rule, row));

    private static IEnumerable<RuleFinding> Whole(TableRule rule, long[] row)
    {
        var (left, right) = (Sum(rule.Left, row), Sum(rule.Right, row));
        if (rule.Missing is MissingPolicy.NotJudged && IsOpen(rule, row))
            yield return new(rule, Judged: false, left, right);
        else if (!Holds(rule, left, right))
            yield return new(rule, Judged: true, left, right);
    }

    private static IEnumerable<RuleFinding> ByColumn(TableRule rule, long[] row, IReadOnlyList<long[]>? below) => below is null ? [] :
        from column in Columns(rule.Left)
        let sum = below.Sum(b => b[column.Measure])
        where !Holds(rule, row[column.Measure], sum)
        select new RuleFinding(rule, Judged: true, row[column.Measure], sum, column);

    /// <summary>Whether something of a dimension that the rule speaks of was not collected.</summary>
    private static bool IsOpen(TableRule rule, long[] row)
    {
        var dimensions = rule.Left.Concat(rule.Right).Select(name => name.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return OfficialColumns.All.Any(c => dimensions.Contains(c.Key.Split('.')[0]) && c.Key.Contains(".notCollected", StringComparison.Ordinal) && IsOfAge(c) && row[c.Measure] > 0);

        // A child whose sex alone is unknown is of a known age.
        static bool IsOfAge(OfficialColumn c) => !c.Key.StartsWith("ageSex.", StringComparison.Ordinal) || c.Key.StartsWith("ageSex.notCollected.", StringComparison.Ordinal);
    }

    private static bool Holds(TableRule rule, long left, long right) => rule.Op == "=" ? left == right : left <= right;

    private static long Sum(IReadOnlyList<string> names, long[] row) => Columns(names).Sum(c => row[c.Measure]);

    private static IEnumerable<OfficialColumn> Columns(IReadOnlyList<string> names) => OfficialColumns.All.Where(c => names.Any(name => TableRules.Names(name, c)));
}
