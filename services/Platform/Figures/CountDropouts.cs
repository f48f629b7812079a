using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>How far the dropout case of a pupil has come (控辍保学). Whoever has none, or one that ended without a return, counts as none; who came back counts so until the next absence. Pure.</summary>
internal static class CountDropouts
{
    public static void Of(List<short> cells, DropoutFacts? dropout) => cells.Add(Measures.Number(Measures.Pupil, "dropout", dropout?.Step switch
    {
        null or DropoutStep.Ended => "none",
        DropoutStep.UnexcusedAbsenceDetected => "absence",
        DropoutStep.GuardianContacted => "contacted",
        DropoutStep.HomeVisited => "visited",
        DropoutStep.DropoutSuspected => "suspected",
        DropoutStep.DropoutRegistered => "registered",
        DropoutStep.PersuasionStarted or DropoutStep.PersuasionFailed => "persuasion",
        DropoutStep.WrittenReportFiled => "reported",
        DropoutStep.TownPersuasion => "townPersuasion",
        DropoutStep.AttendanceOrdered => "ordered",
        DropoutStep.LegalMeasures => "legalMeasures",
        DropoutStep.Returned => "returned",
        _ => throw new InvalidOperationException($"{dropout.Step} is counted nowhere yet."),
    }));
}
