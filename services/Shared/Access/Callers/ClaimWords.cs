using System.Collections.Frozen;
using System.Text.Json;

namespace LeftBehind.Access;

/// <summary>The names of the claims, and their values in kebab case (<c>WomensFederation</c> = <c>womens-federation</c>).</summary>
public static class ClaimWords
{
    /// <summary>Who: the identity provider's stable id of the user or client.</summary>
    public const string Subject = "sub";

    /// <summary>Optional: the organisation within the department, such as a school's code.</summary>
    public const string Organisation = "organisation";

    /// <summary>The department.</summary>
    public const string Department = "department";

    /// <summary>The role.</summary>
    public const string Role = "role";

    /// <summary>The division's code, read by today's tree.</summary>
    public const string Division = "division";

    /// <summary>Partner clients: the name of the source system that its rows are stored under.</summary>
    public const string Source = "source";

    private static readonly FrozenDictionary<string, Department> Departments = Words<Department>();
    private static readonly FrozenDictionary<string, Role> RolesByWord = Words<Role>();

    /// <summary>The claim value of a department or role.</summary>
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    internal static bool TryDepartment(string word, out Department department) => Departments.TryGetValue(word, out department);

    internal static bool TryRole(string word, out Role role) => RolesByWord.TryGetValue(word, out role);

    // Exact words only: Enum.Parse would also take numbers and lists.
    private static FrozenDictionary<string, T> Words<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(Word, StringComparer.Ordinal);
}
