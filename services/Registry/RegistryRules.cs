namespace LeftBehind.Registry;

/// <summary>What an installation may set. Configuration section <c>Registry</c>.</summary>
public sealed class RegistryRules
{
    /// <summary>Sources that confirm identities: a number they tell, whose birth date agrees, is verified (the population base).</summary>
    public IReadOnlySet<string> PopulationSources { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "population-base" };

    /// <summary>How many times as long as it compared files the comparison rests, so that a bulk push keeps its pace. Platform default.</summary>
    public int RestForMatching { get; init; } = 9;
}
