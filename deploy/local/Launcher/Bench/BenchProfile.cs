namespace LeftBehind.Launcher.Bench;

/// <summary>How much is pushed and for how long loads run.</summary>
internal sealed record BenchProfile(int Children, int Seconds)
{
    internal const string Province = "43";
    internal const string County = "431003";

    /// <summary>The population is pushed in so many parts, each into one installation and then into the other.</summary>
    internal const int Chunks = 4;

    /// <summary>After these chunks the peers are measured.</summary>
    internal static bool PeersFollow(int chunk) => chunk % 2 == 0;

    /// <summary>Registry events per second of the lag loads.</summary>
    internal static IReadOnlyList<int> LagRates { get; } = [500, 1_000];

    internal const int ReadsPerSecond = 200;

    /// <summary>How often the three reads take turns.</summary>
    internal const int ReadRounds = 2;

    /// <summary>How often all figures are made anew; the first pays for compilation.</summary>
    internal const int Rebuilds = 3;

    internal TimeSpan Duration => TimeSpan.FromSeconds(Seconds);
}
