using LeftBehind.Servers.Installations;

namespace LeftBehind.Launcher.Testing;

/// <summary>The tiers of tests, in the order they are run: the fastest answer first.</summary>
internal enum TestTier
{
    /// <summary>No server, milliseconds.</summary>
    Pure,

    /// <summary>Against real servers, one service.</summary>
    Integration,

    /// <summary>All services as processes.</summary>
    EndToEnd,
}

/// <summary>One test project: a program that runs its own tests.</summary>
internal sealed record TestProject(string Name, TestTier Tier, string Program)
{
    /// <summary>The projects under tests/ whose name ends with Tests, in running order.</summary>
    internal static IReadOnlyList<TestProject> All(string configuration) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Select(name => new TestProject(
                name, TierOf(name), Path.Combine(Repository.Root, "artifacts", "bin", name, configuration, $"LeftBehind.{name}")))
            .OrderBy(project => project.Tier)
            .ThenBy(project => project.Name, StringComparer.Ordinal),
    ];

    private static TestTier TierOf(string name) =>
        name.EndsWith("EndToEnd.Tests", StringComparison.Ordinal) ? TestTier.EndToEnd
        : name.EndsWith("IntegrationTests", StringComparison.Ordinal) ? TestTier.Integration
        : TestTier.Pure;
}
