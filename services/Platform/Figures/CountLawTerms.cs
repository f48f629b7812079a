using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a school's law lessons (法治课) of a term count in. Pure.</summary>
internal static class CountLawTerms
{
    /// <summary>A term is counted for so long after its end, so that it stands beside the next. Platform default.</summary>
    private const int CountedDays = 180;

    public static void Of(List<short> cells, LawTermFacts term, DateOnly day)
    {
        if (day >= EndsOn(term))
            return;
        cells.Add(Measures.Number(Measures.LawTerm, "total", "all"));
        cells.Add(Measures.Number(Measures.LawTerm, "lessons", term.Lessons switch
        {
            0 => "none",
            1 => "once",
            _ => "several",
        }));
        cells.Add(Measures.Number(Measures.LawTerm, "state", term.Lessons > 0 ? "given" : day <= term.Until ? "due" : "overdue"));
    }

    /// <summary>The next day on which a term counts otherwise by itself.</summary>
    public static DateOnly? TurnsOn(LawTermFacts? term, DateOnly day) =>
        term is null ? null : term.Lessons == 0 && day <= term.Until ? term.Until.AddDays(1) : day < EndsOn(term) ? EndsOn(term) : null;

    private static DateOnly EndsOn(LawTermFacts term) => term.Until.AddDays(CountedDays);
}
