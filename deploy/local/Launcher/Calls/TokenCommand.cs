using System.CommandLine;
using LeftBehind.Access;

namespace LeftBehind.Launcher.Calls;

/// <summary>./lb token: a token of the local issuer, for trying calls by hand.</summary>
internal static class TokenCommand
{
    internal static Command Create()
    {
        var folder = LocalFolder.Option();
        var department = new Option<string>("--department") { DefaultValueFactory = _ => "civil-affairs", Description = "civil-affairs, education, police, justice, partner, platform, …" };
        var role = new Option<string>("--role") { DefaultValueFactory = _ => "officer", Description = "officer, town-officer, village-worker, partner, operations, …" };
        var division = new Option<string>("--division") { DefaultValueFactory = _ => "431003", Description = "The caller's own division code" };
        var source = new Option<string?>("--source") { Description = "Partner clients: the source system" };
        var command = new Command("token", "Print a token for a call by hand") { folder, department, role, division, source };
        command.SetAction(parsed =>
        {
            using var calls = LocalCalls.ToRunning(Path.GetFullPath(parsed.GetValue(folder)!));
            Console.WriteLine(calls.Token(Word<Department>("--department", parsed.GetValue(department)!), Word<Role>("--role", parsed.GetValue(role)!),
                parsed.GetValue(division)!, parsed.GetValue(source), TimeSpan.FromHours(8)));
        });
        return command;
    }

    private static T Word<T>(string option, string word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (ClaimWords.Word(value) == word)
                return value;
        throw new InvalidOperationException($"{option}: one of {string.Join(", ", Enum.GetValues<T>().Select(ClaimWords.Word))}");
    }
}
