using LeftBehind.Protos.Registry.V1;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>A line of a paper list whose cells could be read; an empty text, and null, is what was not told.</summary>
public sealed record PaperLine(int Row)
{
    public string HouseholdNo { get; init; } = "";
    public string Address { get; init; } = "";
    public Residency? Residency { get; init; }
    public string Name { get; init; } = "";
    public string IdNumber { get; init; } = "";

    /// <summary>yyyy-MM-dd.</summary>
    public string BirthDate { get; init; } = "";
    public Sex? Sex { get; init; }
    public Relation? Relation { get; init; }
    public PaperParent Father { get; init; }
    public PaperParent Mother { get; init; }
    public CarerKind? Carer { get; init; }
    public string CarerName { get; init; } = "";
    public string CarerPhone { get; init; } = "";
    public string Phone { get; init; } = "";
    public string HukouCode { get; init; } = "";

    /// <summary>The file that the line corrects.</summary>
    public Guid? File { get; init; }

    /// <summary>Whether anything is told that only a child's file holds.</summary>
    public bool TellsOfAChild => Father.Status is not null || Mother.Status is not null || Carer is not null || CarerName.Length + CarerPhone.Length > 0;

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(PaperLine);
}

/// <summary>What a line tells of a parent: the status, and the day it began, yyyy-MM-dd.</summary>
public readonly record struct PaperParent(ParentState? Status, string Since);

/// <summary>Something about one cell or line.</summary>
/// <param name="Row">As the spreadsheet counts.</param>
/// <param name="Column">Null when it is about the whole line.</param>
/// <param name="Why">Never repeats what stands there.</param>
/// <param name="IsWarning">The line is taken nevertheless.</param>
public sealed record PaperProblem(int Row, PaperColumn? Column, Said Why, bool IsWarning = false);
