using System.Security.Cryptography;
using LeftBehind.Access;
using LeftBehind.Access.Local;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Servers.Installations;

/// <summary>Passwords, keys and tokens of a local installation: made once, kept in files of mode 600.</summary>
internal sealed class Secrets
{
    private readonly string folder;
    private readonly LocalIssuer issuer;
    private readonly string province;

    internal Secrets(InstallationPlan plan)
    {
        (folder, province) = (plan.Secrets, plan.Province);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        issuer = LocalIssuer.OpenOrCreate(folder, Issuer, Audience);
    }

    internal const string Issuer = "leftbehind-local";

    internal const string Audience = "leftbehind";

    internal string KeysFile => issuer.KeysFile;

    /// <summary>Wraps the data keys of one service.</summary>
    internal string MasterKey(string service) => Key($"{service}.master-key");

    /// <summary>Key of one service's digests, so that digests of two services cannot be joined.</summary>
    internal string IndexKey(string service) => Key($"{service}.index-key");

    /// <summary>Registry itself and those who seal payloads to it.</summary>
    internal static bool SealsToRegistry(string service) => service is "Registry" or "EducationAttendance";

    /// <summary>Shared by Registry and those who seal payloads to it.</summary>
    internal string RegistryKey => Key("to-registry.key");

    internal string DatabasePassword(string service) =>
        WorkFolder.KeepSecret(File($"{service}.database-password"), () => RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>The file with the token that a service shows to the others.</summary>
    internal string TokenFile(string service) => File($"{service}.token");

    /// <summary>Writes the services' tokens, new ones at each start of the installation.</summary>
    internal void IssueTokens(IEnumerable<string> services, DateTimeOffset? begins)
    {
        foreach (var service in services)
        {
            var token = issuer.Issue($"service:{service}", Department.Platform, Role.Service, province, lifetime: TimeSpan.FromDays(begins is null ? 30 : 366), now: begins);
            WorkFolder.WriteSecret(TokenFile(service), token);
        }
    }

    private string Key(string name) =>
        WorkFolder.KeepSecret(File(name), () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    private string File(string name) => Path.Combine(folder, name);
}
