using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.OfficialTable;

/// <summary>What a rule does where 未采集 is not zero in a dimension that it speaks of.</summary>
internal enum MissingPolicy
{
    /// <summary>It is judged: 未采集 is a bucket as any other, or says nothing here.</summary>
    Counts,

    /// <summary>It is not judged: those not collected might make it hold or break.</summary>
    NotJudged,
}

/// <summary>How grave it is when a rule is broken: an error is a wrong table, a warning is worth a look.</summary>
internal enum Importance { Error, Warning }

/// <summary>
/// A cross-check of the official table (勾稽关系), as data. Of left and right each name stands for the sum of the columns whose key is that name or begins with it; the
/// right side "children" stands for the same column summed over the divisions below, column by column.
/// </summary>
/// <param name="Id">By which findings name it.</param>
/// <param name="Left">Names, summed.</param>
/// <param name="Op">= or &lt;=.</param>
/// <param name="Right">Names, summed; or children alone.</param>
/// <param name="Missing">Where something was not collected.</param>
/// <param name="Importance">How grave it is.</param>
/// <param name="Text">The rule in Chinese, for people.</param>
/// <param name="Levels">Levels whose rows it is judged for; none = all.</param>
internal sealed record TableRule(
    string Id, IReadOnlyList<string> Left, string Op, IReadOnlyList<string> Right, MissingPolicy Missing, Importance Importance, string Text, IReadOnlyList<DivisionLevel>? Levels = null)
{
    public const string Children = "children";
}

/// <summary>The rules as they are shipped, checked when they are read: a rule that names no column would hold for ever.</summary>
internal static class TableRules
{
    /// <summary>All, in order.</summary>
    public static IReadOnlyList<TableRule> All { get; } = Read(typeof(TableRules).Assembly.GetManifestResourceStream("LeftBehind.Platform.OfficialTable.table-rules.json")!);

    /// <summary>Reads rules, or says which is wrong.</summary>
    public static IReadOnlyList<TableRule> Read(Stream json)
    {
        var rules = JsonSerializer.Deserialize<TableRule[]>(json, EventTypes.Json) ?? [];
        foreach (var rule in rules)
            if (rule.Op is not ("=" or "<=") || rule.Left.Count == 0 || rule.Right.Count == 0 || Unknown(rule).Any())
                throw new InvalidDataException($"Rule {rule.Id}: op is = or <=, both sides name columns of the official table; unknown: {string.Join(", ", Unknown(rule))}.");
        return rules.DistinctBy(r => r.Id).Count() == rules.Length ? rules : throw new InvalidDataException("Two rules have the same id.");
    }

    private static IEnumerable<string> Unknown(TableRule rule) =>
        rule.Left.Concat(rule.Right is [TableRule.Children] ? [] : rule.Right).Where(name => !OfficialColumns.All.Any(c => Names(name, c)));

    /// <summary>Whether a name stands for a column.</summary>
    public static bool Names(string name, OfficialColumn column) => column.Key == name || column.Key.StartsWith(name + ".", StringComparison.Ordinal);
}
