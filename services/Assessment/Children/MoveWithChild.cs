using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Contracts;

namespace LeftBehind.Assessment.Children;

/// <summary>
/// What is done for a child lies where the child lives: an assessment that is open, a plan that has not ended, and with the plan the assessment that
/// drafted it, by which it is approved. What has ended stays where it was done. Pure.
/// </summary>
public static class MoveWithChild
{
    /// <param name="file">An assessment that is open, or whose plan has not ended.</param>
    /// <param name="village">Where its child lives now.</param>
    /// <param name="townOf">The town of a place.</param>
    public static IEnumerable<AssessmentMoved> Decide(AssessmentFile file, DivisionId village, Func<DivisionId, DivisionId> townOf) =>
        file.Of is { } of && of.Division != village ? [new(of with { Division = village }, of.Division, townOf(of.Division) != townOf(village))] : [];

    /// <inheritdoc cref="Decide(AssessmentFile, DivisionId, Func{DivisionId, DivisionId})"/>
    public static IEnumerable<PlanMoved> Decide(AssistancePlan plan, DivisionId village, Func<DivisionId, DivisionId> townOf) =>
        plan.Of is { } of && !plan.HasEnded && of.Division != village ? [new(of with { Division = village }, of.Division, townOf(of.Division) != townOf(village))] : [];
}
