using System.Runtime.CompilerServices;
using LeftBehind.Divisions;

namespace LeftBehind.EducationAttendance.IntegrationTests.Running;

/// <summary>Places of the shipped tree.</summary>
internal static class Places
{
    /// <summary>苏仙区.</summary>
    public const string County = "431003";

    /// <summary>麻田村.</summary>
    public const string Matian = "431003101218";

    /// <summary>北湖区, the county beside it, and one of its villages.</summary>
    public const string NextCounty = "431002", NextCountyVillage = "431002002200";

    private static readonly Lazy<DivisionTree> Loaded = new(() => DivisionTree.Load(File!));

    /// <summary>The shipped file.</summary>
    public static string File { get; } = Find();

    /// <summary>The shipped working days.</summary>
    public static string Calendar { get; } = Path.Combine(Path.GetDirectoryName(File)!, "workdays.json");

    /// <summary>Read once for all.</summary>
    public static DivisionTree Tree => Loaded.Value;

    /// <summary>Another village of the town of 麻田村.</summary>
    public static string Neighbour { get; } = Tree.Children(Tree.Parent(Contracts.DivisionId.Parse(Matian + "@2023"))!.Value)
        .Select(v => Tree.Code(v).ToString()).First(code => code != Matian);

    /// <summary>Build output may lie outside the repository: either the program or its source is inside.</summary>
    private static string Find([CallerFilePath] string source = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(source) })
            for (var folder = start is null ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, "deploy", "data", "divisions-2023.csv.gz") is var file && System.IO.File.Exists(file))
                    return file;
        throw new DirectoryNotFoundException("No folder above the tests holds deploy/data.");
    }
}
