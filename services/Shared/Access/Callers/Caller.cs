using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Access;

/// <summary>Who calls, as the token says and today's tree reads it.</summary>
/// <param name="subject">The identity provider's stable id.</param>
/// <param name="department">The column of the access table.</param>
/// <param name="role">What the caller is there.</param>
/// <param name="division">The caller's own division; it sees this one and those below.</param>
/// <param name="today">The tree of today, which is asked what lies below.</param>
public sealed class Caller(string subject, Department department, Role role, DivisionId division, DivisionTree today)
{
    /// <summary>The identity provider's stable id of the user or client.</summary>
    public string Subject { get; } = subject;

    /// <summary>The organisation within the department, such as a school's code.</summary>
    public string? Organisation { get; init; }

    /// <summary>The column of the access table.</summary>
    public Department Department { get; } = department;

    /// <summary>What the caller is within the department.</summary>
    public Role Role { get; } = role;

    /// <summary>The caller's own division.</summary>
    public DivisionId Division { get; } = division;

    /// <summary>The level of that division.</summary>
    public DivisionLevel Level { get; } = today.Level(division);

    /// <summary>Partner clients: the source system that its rows are stored under; null for all others.</summary>
    public string? Source { get; init; }

    /// <summary>The break-glass under which the call is made; null for all others.</summary>
    public Guid? Grant { get; init; }

    /// <summary>True when a division is the caller's own or lies below it by today's tree; never by the digits of a code.</summary>
    public bool Sees(DivisionId other) => today.IsWithin(other, Division);

    /// <summary>How much of a field group is shown of a subject inside, given how the caller is tied to it.</summary>
    public Detail Shown(FieldGroup group, Tie tie = Tie.None) => AccessTable.Shown(Department, Role, Level, group, tie);

    /// <summary>True when the caller may read the whole group of every child inside, without any tie.</summary>
    public bool Reads(FieldGroup group) => Shown(group) is Detail.Full;

    /// <summary>Child access: may name every child inside. Without it small cells are merged in each figure.</summary>
    public bool MayNameChildren => Reads(FieldGroup.Identity);
}
