using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>One division as an edition has it.</summary>
/// <param name="Id">The lasting identity.</param>
/// <param name="Code">The code in this edition.</param>
/// <param name="Name">The name alone, such as 苏仙区.</param>
/// <param name="Level">Province to village.</param>
/// <param name="IsVirtual">No government sits there: it only gathers others or repeats the division above.</param>
/// <param name="ValidFrom">The day of the first edition that has it so.</param>
public sealed record Division(DivisionId Id, DivisionCode Code, string Name, DivisionLevel Level, bool IsVirtual, DateOnly ValidFrom);
