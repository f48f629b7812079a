using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace LeftBehind.Architecture.Tests;

/// <summary>The repository as text: files and project references.</summary>
internal static class Sources
{
    public static string Root { get; } = RootAbove();

    public static IReadOnlyList<string> Services { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "services")).Select(f => Path.GetFileName(f)!).Where(f => f is not ("Shared" or "ServiceDefaults")).Order()];

    /// <summary>The C# files under a folder, by their path from the root.</summary>
    public static IEnumerable<(string Path, string[] Lines)> CSharp(string folder) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (System.IO.Path.GetRelativePath(Root, file), File.ReadAllLines(file)));

    /// <summary>Every project under a folder with the projects it refers to, as paths from the root.</summary>
    public static IEnumerable<(string Project, string[] References)> Projects(string folder) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (
            System.IO.Path.GetRelativePath(Root, file),
            XDocument.Load(file).Descendants("ProjectReference").Select(r => System.IO.Path.GetRelativePath(
                Root, System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, r.Attribute("Include")!.Value)))).ToArray()));

    public static IEnumerable<string> Packages(string project) =>
        XDocument.Load(System.IO.Path.Combine(Root, project)).Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value);

    private static string RootAbove([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "LeftBehind.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The sources are not where they were compiled.");
    }
}
