using LeftBehind.Contracts;

namespace LeftBehind.Access;

/// <summary>In which way a method is used, and so which kind of caller it is for.</summary>
public enum Way
{
    /// <summary>Anybody, without a token: health only.</summary>
    Open,

    /// <summary>A partner system pushes rows; it must be allowed to write every named field group.</summary>
    Push,

    /// <summary>What became of pushed rows: the partner of the same source, or operations.</summary>
    Receipt,

    /// <summary>Reads a field group.</summary>
    Read,

    /// <summary>Acts on what a field group holds; the competent departments are named, and they must see the group in full.</summary>
    Act,

    /// <summary>Reports harm: any person of any department or school, at any level.</summary>
    ReportHarm,

    /// <summary>Called by services of this installation.</summary>
    Service,

    /// <summary>Called by those who run the installation.</summary>
    Operate
}

/// <summary>One row of the method table.</summary>
/// <param name="Method">The gRPC full name, <c>package.Service/Method</c>; an HTTP way in names the same row.</param>
/// <param name="Way">How it is used.</param>
/// <param name="Basis">The rule it stands on.</param>
public sealed record MethodRow(string Method, Way Way, string Basis)
{
    /// <summary>The field groups read, acted on, or written; all of them are needed.</summary>
    public IReadOnlyList<FieldGroup> Groups { get; init; } = [];

    /// <summary>The competent departments of <see cref="Way.Act"/>.</summary>
    public IReadOnlyList<Department> Departments { get; init; } = [];

    /// <summary>The only levels of the caller's division that <see cref="Way.Act"/> is for; none where the groups alone say it.</summary>
    public IReadOnlyList<DivisionLevel> Levels { get; init; } = [];

    /// <summary>The ties that the method's handler proves for itself. A caller with no other right is let in only for these.</summary>
    public Tie Ties { get; init; }

    /// <summary>True when a caller may call the method at all. What it then sees is bounded by <see cref="ScopeGuard"/>.</summary>
    public bool Admits(Caller caller) => Way switch
    {
        Way.Open => true,
        Way.Push => caller is { Role: Role.Partner, Source: not null } && Groups.All(group => AccessTable.MayWrite(caller.Department, group)),
        Way.Receipt => caller is { Role: Role.Partner, Source: not null } or { Role: Role.Operations },
        Way.Read => caller.Role.IsPerson() && Groups.All(group => caller.Shown(group, Ties) is not Detail.None),
        Way.Act => Departments.Contains(caller.Department) && (Levels.Count == 0 || Levels.Contains(caller.Level)) && Groups.All(group => caller.Shown(group, Ties) is Detail.Full),
        Way.ReportHarm => caller.Role.IsPerson(),
        Way.Service => caller.Role is Role.Service,
        Way.Operate => caller.Role is Role.Operations,
        _ => false
    };
}
