using System.Runtime.CompilerServices;

namespace LeftBehind.Reporting.IntegrationTests.Running;

/// <summary>Places of the shipped tree.</summary>
internal static class Places
{
    /// <summary>苏仙区 and its 麻田村.</summary>
    public const string County = "431003", Village = "431003101218";

    /// <summary>北湖区, the county beside it, and one of its villages.</summary>
    public const string NextCounty = "431002", NextVillage = "431002002200";

    /// <summary>The shipped file.</summary>
    public static string File { get; } = Find();

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
