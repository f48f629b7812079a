using LeftBehind.Assessment.Instruments;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Finalises an assessment; its plan is drafted from the services named, in the same transaction.</summary>
/// <param name="Participants">Who took part beside those of fieldwork and review.</param>
/// <param name="Ground">The ground of 未成年人保护法 §92 that was found; null for none.</param>
public sealed record FinaliseAssessment(
    GuardianshipGrade Grade, RiskLevel Risk, IReadOnlyList<Participant> Participants, IReadOnlyList<AssistanceService> Services, string Assessor,
    PlacementGround? Ground = null)
{
    public static IEnumerable<AssessmentEvent> Decide(FinaliseAssessment command, AssessmentFile file, DateTimeOffset now)
    {
        if (file.Finalised is { } before)
            return IsRepeat(command, before) ? [] : throw new RejectedException("The assessment was finalised before, otherwise than told now.");
        AssessmentTransitions.Require(AssessmentAct.Finalise, file);
        if (!Consistency.Holds(command.Grade, command.Risk))
            throw new RejectedException("Guardianship graded Poor (差) can never be Low risk.");
        RequireFloor(file.Draft!.Risk, $"{command.Risk}");
        RequireFloor(file.Draft.Grade, $"{command.Grade}");
        if (command is { Risk: RiskLevel.High, Services.Count: 0 })
            throw new RejectedException("High risk needs an assistance plan; name at least one service.");
        if (command is { Ground: not null, Services.Count: 0 })
            throw new RejectedException("A ground of temporary guardianship (未成年人保护法 §92) needs an assistance plan; name at least one service.");
        var of = file.Of!;
        return [new AssessmentFinalised(
            of, command.Grade, command.Risk, [.. file.Participants.Union(command.Participants)], now, command.Assessor, command.Ground, command.Services)];
    }

    /// <summary>People may judge otherwise than the points; what a hard trigger holds they do not judge away.</summary>
    private static void RequireFloor(Scored scored, string decided)
    {
        string[] words = [.. Enum.GetNames<RiskLevel>(), .. Enum.GetNames<GuardianshipGrade>()];
        if (Array.IndexOf(words, decided) < Array.IndexOf(words, scored.Floor))
            throw new RejectedException($"{decided} lies below {scored.Floor}, which {string.Join(", ", scored.Triggered)} of {scored.Instrument} decides by itself.");
    }

    private static bool IsRepeat(FinaliseAssessment command, AssessmentFinalised before) =>
        before.Assessor == command.Assessor && before.Grade == command.Grade && before.Risk == command.Risk && before.Ground == command.Ground
        && !command.Participants.Except(before.Participants).Any() && (before.Services ?? []).SequenceEqual(command.Services);
}

/// <summary>The official grade and the working risk are kept apart, and may not contradict each other.</summary>
public static class Consistency
{
    /// <summary>差 can never be Low.</summary>
    public static bool Holds(GuardianshipGrade grade, RiskLevel risk) => (grade, risk) is not (GuardianshipGrade.Poor, RiskLevel.Low);

    /// <summary>What a draft proposes: the scored risk, one step up where the grade contradicts it.</summary>
    public static RiskLevel Proposed(Scored risk, Scored grade) =>
        (Enum.Parse<GuardianshipGrade>(grade.Outcome), Enum.Parse<RiskLevel>(risk.Outcome)) switch
        {
            var (g, r) when Holds(g, r) => r,
            _ => RiskLevel.Medium,
        };
}
