using System.Text.Json;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures an assessment, a plan and the services in it count in. Pure.</summary>
internal static class CountAssessments
{
    public static void Of(List<short> cells, AssessmentFacts facts, DateOnly day)
    {
        cells.Add(Measures.Number(Measures.Assessment, "total", "all"));
        cells.Add(Measures.Number(Measures.Assessment, "state", Word(facts.State)));
        cells.Add(Measures.Number(Measures.Assessment, "due", DueOf(facts, day)));
        cells.Add(Measures.Number(Measures.Assessment, "risk", facts.Risk is { } risk ? Word(risk) : "notCollected"));
        cells.Add(Measures.Number(Measures.Assessment, "grade", facts.Grade is { } grade ? Word(grade) : "notCollected"));
    }

    /// <summary>Each service is counted for itself, so a plan with two of a kind counts twice there.</summary>
    public static void Of(List<short> cells, PlanFacts facts)
    {
        cells.Add(Measures.Number(Measures.Plan, "total", "all"));
        cells.Add(Measures.Number(Measures.Plan, "state", Word(facts.State)));
        foreach (var service in facts.Services)
        {
            cells.Add(Measures.Number(Measures.Service, "total", "all"));
            cells.Add(Measures.Number(Measures.Service, "state", Word(service.State)));
            cells.Add(Measures.Number(Measures.Service, "delivered", service.State is ServiceState.Delivered ? Word(service.Kind) : "none"));
        }
    }

    /// <summary>The day on which an open one is overdue; by days turned, so that fold, recount and rebuild agree.</summary>
    public static DateOnly? TurnsOn(AssessmentFacts? facts, DateOnly day) =>
        facts is { State: not (AssessmentState.Finalised or AssessmentState.Superseded) } && OverdueOn(facts) is var on && on > day ? on : null;

    private static string DueOf(AssessmentFacts facts, DateOnly day) => facts switch
    {
        { State: AssessmentState.Superseded } => "superseded",
        { FinalisedAt: { } at } => at < facts.DueAt ? "inTime" : "late",
        _ => day < OverdueOn(facts) ? "due" : "overdue",
    };

    /// <summary>The first day that begins after it was due.</summary>
    private static DateOnly OverdueOn(AssessmentFacts facts) => WorkCalendar.DayOf(facts.DueAt.AddTicks(-1)).AddDays(1);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
