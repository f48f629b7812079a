using System.Text.Json;
using LeftBehind.Contracts.Registry;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a hazard counts in, and a child by its screenings; one of whom nothing was told was not screened. Pure.</summary>
internal static class CountHazards
{
    public static void Of(List<short> cells, HazardFacts hazard)
    {
        cells.Add(Measures.Number(Measures.Hazard, "total", "all"));
        cells.Add(Measures.Number(Measures.Hazard, "kind", Word(hazard.Kind)));
        cells.Add(Measures.Number(Measures.Hazard, "state", Word(hazard.State)));
    }

    /// <summary>Of each kind the campaign that was opened last where the child lives; Registry tells which.</summary>
    public static void Screened(List<short> cells, ChildFacts child, ScreeningFacts? screening)
    {
        if (!child.Category.IsLeftBehind())
            return;
        cells.Add(Measures.Number(Measures.LeftBehind, "screenedWinterHoliday", Word(screening?.WinterHoliday ?? ScreeningState.NotScreened)));
        cells.Add(Measures.Number(Measures.LeftBehind, "screenedSummerHoliday", Word(screening?.SummerHoliday ?? ScreeningState.NotScreened)));
        cells.Add(Measures.Number(Measures.LeftBehind, "screenedAfterSchool", Word(screening?.AfterSchool ?? ScreeningState.NotScreened)));
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
