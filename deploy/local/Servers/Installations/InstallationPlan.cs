namespace LeftBehind.Servers.Installations;

/// <summary>What is to be run and where its files lie.</summary>
/// <param name="Folder">Servers' data, secrets, logs and the list of endpoints.</param>
public sealed record InstallationPlan(string Folder)
{
    /// <summary>The six services, the sources of facts before those that answer them.</summary>
    public static IReadOnlyList<string> AllServices { get; } =
        ["Registry", "EducationAttendance", "Reporting", "Assessment", "GuardianshipIntervention", "Platform"];

    /// <summary>Which of them to run.</summary>
    public IReadOnlyList<string> Services { get; init; } = AllServices;

    /// <summary>PostgreSQL's memory and durability.</summary>
    public PostgresSettings Postgres { get; init; } = PostgresSettings.Installation;

    /// <summary>Build configuration whose executables are started, as the build names its folder.</summary>
    public string Configuration { get; init; } = "release";

    /// <summary>The province of this installation, as a division code.</summary>
    public string Province { get; init; } = "43";

    /// <summary>Further settings for every service; a null value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>When its time begins, where the services' clock is set; their tokens are valid for a year from then.</summary>
    public DateTimeOffset? Begins { get; init; }

    internal string Secrets => Path.Combine(Folder, "secrets");

    internal string LogOf(string instance) => Path.Combine(Folder, "logs", $"{instance}.log");

    internal string ProgramOf(string service)
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", service, Configuration, $"LeftBehind.{service}");
        return File.Exists(program) ? program : throw new FileNotFoundException($"{service} is not built: {program} is missing.");
    }
}
