using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.EndToEndTests.Matrix;

/// <summary>Where callers stand to a division: in it or above, and so they see it; beside or below, and so they do not.</summary>
internal static class Neighbours
{
    private static readonly DivisionTree Tree = SharedInstallation.Tree;

    /// <summary>The division itself and those above it.</summary>
    public static IEnumerable<string> Inside(string code) => Tree.Path(Id(code)).Select(Code);

    /// <summary>Another province, of each level one beside the path to the division, and one of each level below it.</summary>
    public static IEnumerable<string> Outside(string code)
    {
        var path = Tree.Path(Id(code));
        yield return Code(Tree.Provinces.First(p => p != path[0]));
        foreach (var (parent, child) in path.Zip(path.Skip(1)))
            if (Tree.Children(parent).Where(d => d != child && !Tree.IsVirtual(d) && Tree.Children(d).Any() == Tree.Children(child).Any()).Take(1).ToList() is [var beside])
                yield return Code(beside);
        for (var below = path[^1]; Tree.Children(below).Take(1).ToList() is [var child]; below = child)
            yield return Code(child);
    }

    /// <summary>The callers of these divisions that the method admits, civil affairs, police or education; of 12355, which is the Youth League's alone, that of a county.</summary>
    public static IEnumerable<Somebody> Admitted(MethodRow row, IEnumerable<string> divisions) =>
        from code in divisions
        from somebody in (Somebody[])[new(Department.CivilAffairs, RoleAt(code), code), new(Department.Police, Role.Officer, code), new(Department.Education, Role.Officer, code), new(Department.YouthLeague, Role.Officer, code)]
        // The police see cases assigned to them, which nobody has yet: such a right admits them and shows nothing.
        where somebody.Department is not Department.YouthLeague || (row.Departments is [Department.YouthLeague] && code.Length == 6)
        where somebody.Department is Department.YouthLeague || row.Groups.All(g => new Caller("x", somebody.Department, somebody.Role, Id(code), Tree).Shown(g) is Detail.Full)
        where row.Way is not Way.Act || row.Departments.Contains(somebody.Department)
        // Education stands in where it alone is competent: most of what others do it may not see.
        where somebody.Department is not Department.Education || row.Departments is [Department.Education]
        where row.Levels.Count == 0 || row.Levels.Contains(Tree.Level(Id(code)))
        select somebody;

    private static Role RoleAt(string code) => code.Length switch
    {
        12 => Role.VillageWorker,
        9 => Role.TownOfficer,
        _ => Role.Officer,
    };

    private static DivisionId Id(string code) => Tree.Resolve(DivisionCode.Parse(code), Tree.Edition)!.Value;

    private static string Code(DivisionId id) => Tree.Code(id).ToString();
}
