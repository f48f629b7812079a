using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>Whether a division is there.</summary>
public enum DivisionStanding
{
    /// <summary>It is.</summary>
    Living,

    /// <summary>It ended, and is part of no other: who was counted in it stays so until somebody says where he lives.</summary>
    Abolished,

    /// <summary>It ended in another, in which is counted whoever was counted in it.</summary>
    Merged,
}

/// <summary>What a division was called and where it lay from a day on, until the day of the next row.</summary>
/// <param name="From">The first day; the least of all days for what the edition has, since nothing earlier is known.</param>
/// <param name="Code">Its code; of one that ended the last.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The division above; null for a province.</param>
/// <param name="IsVirtual">No government sits there.</param>
/// <param name="Standing">Whether it is there.</param>
/// <param name="Into">Of a merged one, that which it ended in.</param>
public sealed record DivisionRow(
    DateOnly From, DivisionCode Code, string Name, DivisionId? Parent, bool IsVirtual, DivisionStanding Standing = DivisionStanding.Living, DivisionId? Into = null)
{
    /// <summary>True while it is there.</summary>
    public bool Lives => Standing is DivisionStanding.Living;

    /// <summary>Below what it hangs in the tree: a merged one below that which it ended in.</summary>
    internal DivisionId? Hangs => Into ?? Parent;
}
