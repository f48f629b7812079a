using LeftBehind.Divisions;
using LeftBehind.ServiceKit;

namespace LeftBehind.Registry.IntegrationTests.Running;

/// <summary>Places of the shipped tree.</summary>
internal static class Places
{
    /// <summary>苏仙区.</summary>
    public const string County = "431003";

    /// <summary>麻田村.</summary>
    public const string Matian = "431003101218";

    /// <summary>北湖区, the county beside it, and one of its villages.</summary>
    public const string NextCounty = "431002", NextCountyVillage = "431002002200";

    /// <inheritdoc cref="ShippedData.Tree"/>
    public static DivisionTree Tree => ShippedData.Tree;

    /// <summary>Another village of the town of 麻田村.</summary>
    public static string Neighbour { get; } = Tree.Children(Tree.Parent(Contracts.DivisionId.Parse(Matian + "@2023"))!.Value)
        .Select(v => Tree.Code(v).ToString()).First(code => code != Matian);
}
