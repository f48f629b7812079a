namespace LeftBehind.Servers;

/// <summary>The PostgreSQL programs of this machine: the newest version Debian put under /usr/lib/postgresql, else the search path.</summary>
internal static class PostgresBinaries
{
    private static readonly string? Home = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql")
            .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .FirstOrDefault()
        : null;

    internal static bool HasStatements => Home is not null && File.Exists(Path.Combine(Home, "lib", "pg_stat_statements.so"));

    internal static string Of(string program) => Home is null ? program : Path.Combine(Home, "bin", program);
}
