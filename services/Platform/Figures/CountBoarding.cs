using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>How sheets of boarders (寄宿生) are counted: night rolls, and hand-overs at the weekend and for holidays. Pure.</summary>
internal static class CountBoarding
{
    /// <summary>A sheet is counted for so many days, as a class-day is. Platform default.</summary>
    private const int CountedDays = 30;

    public static void Of(List<short> cells, BoardingSheetFacts sheet, DateOnly day)
    {
        if (day >= EndsOn(sheet))
            return;
        var population = sheet.Kind is BoardingSheetKind.NightRoll ? Measures.NightRoll : Measures.HandOver;
        cells.Add(Measures.Number(population, "total", "all"));
        if (sheet.Kind is BoardingSheetKind.HandOver)
        {
            cells.Add(Measures.Number(population, "result", sheet.Findings > 0 ? "notHandedOver" : "complete"));
            return;
        }
        cells.Add(Measures.Number(population, "roll", sheet.Roll switch
        {
            RollState.Taken => "taken",
            RollState.TakenLate => "takenLate",
            _ => "missing",
        }));
        cells.Add(Measures.Number(population, "absence", sheet switch
        {
            { Roll: RollState.Missing } => "notCollected",
            { Findings: > 0 } => "notFound",
            { Excused: > 0 } => "excused",
            _ => "none",
        }));
    }

    public static DateOnly? EndsOn(BoardingSheetFacts? sheet) => sheet?.Date.AddDays(CountedDays);
}
