namespace LeftBehind.Servers.Processes;

/// <summary>What to run, as whom, and where its output goes.</summary>
public sealed record ServerCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Added to the environment of this process; a null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>File that both output streams are appended to.</summary>
    public string Log { get; init; } = "/dev/null";

    /// <summary>Folder the program starts in.</summary>
    public string Folder { get; init; } = "/";

    /// <summary>The user it runs as; none means the caller.</summary>
    public Account? Account { get; init; }
}
