namespace LeftBehind.Servers.Processes;

/// <summary>The system user a server runs as: PostgreSQL and the broker must not run as root.</summary>
public sealed record Account(string Name, int Uid, int Gid)
{
    /// <summary>The named account when this process is root; none otherwise, because then the server simply runs as its caller.</summary>
    public static Account? WhenRoot(string name)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;

        return File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3 && fields[0] == name)
            .Select(fields => new Account(name, Number(fields[2]), Number(fields[3])))
            .FirstOrDefault()
            ?? throw new InvalidOperationException($"There is no system user '{name}'; the Debian package of that server makes it.");
    }

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
