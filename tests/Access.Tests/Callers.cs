using LeftBehind.Contracts;

namespace LeftBehind.Access.Tests;

/// <summary>Every caller that can exist: department × role × level.</summary>
internal static class Callers
{
    public static IEnumerable<Caller> All() =>
        from department in Enum.GetValues<Department>()
        from role in Enum.GetValues<Role>()
        from level in Enum.GetValues<DivisionLevel>()
        where Roles.Exists(role, department, level)
        select SmallTree.Caller(department, role, level, role is Role.Partner ? "student-roll" : null);

    /// <summary>Such as <c>police officer county</c>.</summary>
    public static string Name(Caller caller) =>
        $"{ClaimWords.Word(caller.Department)} {ClaimWords.Word(caller.Role)} {ClaimWords.Word(caller.Level)}";
}
