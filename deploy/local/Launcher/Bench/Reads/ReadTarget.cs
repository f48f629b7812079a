using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Launcher.Bench.Reads;

/// <summary>A division that is read, with those below it, and how often it is among the reads.</summary>
internal sealed record ReadTarget(string Code, IReadOnlyList<long> Divisions, int Weight)
{
    private const int WeightOfLevel = 1_000, Villages = 20;

    /// <summary>The five levels read equally often: province, city and county of the population, all its towns, and villages of it.</summary>
    internal static IReadOnlyList<ReadTarget> Of(DivisionTree tree)
    {
        var county = tree.Resolve(DivisionCode.Parse(BenchProfile.County), tree.Edition)!.Value;
        var towns = tree.Children(county).ToList();
        var villages = towns.SelectMany(t => tree.Children(t)).ToList();
        var few = villages.Where((_, i) => i % Math.Max(1, villages.Count / Villages) == 0).Take(Villages);
        List<List<DivisionId>> levels = [.. tree.Path(county).Select(d => new List<DivisionId> { d }), towns, [.. few]];
        return [.. from level in levels from id in level select new ReadTarget(
            tree.Code(id).Digits, [id.Value, .. tree.Children(id).Select(c => c.Value)], Math.Max(1, WeightOfLevel / level.Count))];
    }
}
