using System.Runtime.CompilerServices;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions.Tests;

/// <summary>The data the product ships, read once for all tests.</summary>
internal static class Shipped
{
    public static string DivisionsFile { get; } = File("divisions-2023.csv.gz");

    public static DivisionTree Tree { get; } = DivisionTree.Load(DivisionsFile);

    public static DivisionId Id(string code) => DivisionId.Parse(code + "@2023");

    public static string File(string name) => Path.Combine(RepositoryRoot(), "deploy", "data", name);

    private static string RepositoryRoot([CallerFilePath] string source = "")
    {
        // Build output may lie outside the repository, and a reproducible build hides source paths: one of the three is inside.
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory, Path.GetDirectoryName(source) })
        {
            for (var folder = start is null ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (System.IO.File.Exists(Path.Combine(folder.FullName, "LeftBehind.sln")))
                    return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the tests holds LeftBehind.sln.");
    }
}
