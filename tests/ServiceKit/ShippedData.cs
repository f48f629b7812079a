using LeftBehind.Divisions;
using LeftBehind.Servers.Installations;

namespace LeftBehind.ServiceKit;

/// <summary>The data that services are shipped with.</summary>
public static class ShippedData
{
    private static readonly Lazy<DivisionTree> Loaded = new(() => DivisionTree.Load(Divisions));

    /// <summary>The divisions of 2023.</summary>
    public static string Divisions => Of("divisions-2023.csv.gz");

    /// <summary>The working days.</summary>
    public static string Workdays => Of("workdays.json");

    /// <summary>The divisions, read once for all tests of a program.</summary>
    public static DivisionTree Tree => Loaded.Value;

    private static string Of(string file) => Path.Combine(Repository.Root, "deploy", "data", file);
}
