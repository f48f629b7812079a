using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Population.World;

/// <summary>A village or community (村级) of the county, with its town.</summary>
internal sealed record Village(string Code, string Name, string Town, string TownCode, bool IsSubdistrict);

/// <summary>The places people live, move to and work in.</summary>
internal sealed class Villages
{
    private static readonly string[] CitiesOfWork = ["4403", "4401", "4419", "4420", "3205"];

    public Villages(DivisionTree tree, string countyCode, DateOnly today)
    {
        var county = tree.Resolve(DivisionCode.Parse(countyCode), today) is { } id && tree.Level(id) is DivisionLevel.County
            ? id : throw new ArgumentException("Not a county of this tree.", nameof(countyCode));
        All = [.. Below(tree, county)];
        var city = tree.Parent(county)!.Value;
        Neighbouring = [.. from other in tree.Children(city) where other != county from village in Below(tree, other).Take(20) select village.Code];
        WorkCodes = [.. CitiesOfWork.Where(c => tree.Resolve(DivisionCode.Parse(c), today) is not null)];
        FarAway = tree.Provinces.Where(p => !tree.IsWithin(county, p)).SelectMany(p => FirstVillage(tree, p)).First();
    }

    /// <summary>Every village of the county.</summary>
    public IReadOnlyList<Village> All { get; }

    /// <summary>Villages of other counties of the same city.</summary>
    public IReadOnlyList<string> Neighbouring { get; }

    /// <summary>Cities where parents work.</summary>
    public IReadOnlyList<string> WorkCodes { get; }

    /// <summary>A village of another province.</summary>
    public string FarAway { get; }

    private static IEnumerable<Village> Below(DivisionTree tree, DivisionId county) =>
        from town in tree.Children(county)
        from village in tree.Children(town)
        let townName = tree.Name(town)
        select new Village(tree.Code(village).Digits, tree.Name(village), townName, tree.Code(town).Digits, townName.EndsWith("街道", StringComparison.Ordinal));

    private static IEnumerable<string> FirstVillage(DivisionTree tree, DivisionId division) =>
        tree.Level(division) is DivisionLevel.Village ? [tree.Code(division).Digits] : tree.Children(division).SelectMany(d => FirstVillage(tree, d)).Take(1);
}
