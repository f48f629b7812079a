using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>
/// Functional divisions (功能区: development zones, farms, forest farms), which statistics list like administrative ones: told by the range of the code (统计用区划代码和城乡划分代码编制规则: counties 71–80 at
/// the end, towns from 400, villages from 400). Platform default: they are counted and confirmed as all others, and flagged.
/// </summary>
public static class FunctionalDivisions
{
    /// <summary>Whether a code of today lies in such a range.</summary>
    public static bool IsFunctional(this DivisionCode code) => code.Level switch
    {
        DivisionLevel.County => string.CompareOrdinal(code.Digits, 4, "71", 0, 2) >= 0 && string.CompareOrdinal(code.Digits, 4, "81", 0, 2) < 0,
        DivisionLevel.Town or DivisionLevel.Village => code.Digits[^3] >= '4',
        _ => false,
    };
}
