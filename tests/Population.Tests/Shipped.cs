using System.Runtime.CompilerServices;
using LeftBehind.Divisions;
using LeftBehind.Population.Recounting;

namespace LeftBehind.Population.Tests;

/// <summary>The shipped tree, and the population of full size drawn once.</summary>
internal static class Shipped
{
    public const string County = "431003";

    public static readonly DateOnly Today = new(2026, 3, 2);

    public static DivisionTree Tree { get; } = DivisionTree.Load(Path.Combine(RepositoryRoot(), "deploy", "data", "divisions-2023.csv.gz"));

    public static PopulationPlan Plan { get; } = new(Tree, seed: 7, Today);

    public static Recount NewRecount() => new(Tree, County, Today);

    /// <summary>The figures after the first load, and after the changes.</summary>
    public static (RecountedFigures Loaded, RecountedFigures Changed) Figures { get; } = Recounted();

    private static (RecountedFigures, RecountedFigures) Recounted()
    {
        var recount = NewRecount().Take(Plan.FirstLoad);
        var loaded = recount.On(Today);
        return (loaded, recount.Take(Plan.Changes).On(Today));
    }

    private static string RepositoryRoot([CallerFilePath] string source = "")
    {
        // Build output may lie outside the repository, and a reproducible build hides source paths: one of the three is inside.
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory, Path.GetDirectoryName(source) })
            for (var folder = start is null ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "LeftBehind.sln")))
                    return folder.FullName;
        throw new DirectoryNotFoundException("No folder above the tests holds LeftBehind.sln.");
    }
}
