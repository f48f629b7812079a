using System.Collections.Frozen;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using static LeftBehind.Contracts.Education.DropoutStep;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// What is allowed at which step, as data: every act, the steps it may be done at, and the step it leads to. What it asks for beside the step
/// is the decider's. Whatever is not in the table is rejected in words that say what is missing.
/// </summary>
public static class Transitions
{
    private static readonly DropoutStep[] BeforeRegistered = [DropoutStep.UnexcusedAbsenceDetected, DropoutStep.GuardianContacted, DropoutStep.HomeVisited, DropoutStep.DropoutSuspected];
    private static readonly DropoutStep[] Registered =
        [DropoutStep.DropoutRegistered, DropoutStep.PersuasionStarted, DropoutStep.PersuasionFailed, DropoutStep.WrittenReportFiled, TownPersuasion, DropoutStep.AttendanceOrdered, LegalMeasures];

    /// <summary>The table. An act of which the case may not exist yet says so.</summary>
    public static IReadOnlyList<Transition> All { get; } =
    [
        new(DropoutAct.DetectAbsence, [Returned, Ended], DropoutStep.UnexcusedAbsenceDetected, AlsoFirst: true),
        new(DropoutAct.Contact, BeforeRegistered, DropoutStep.GuardianContacted, "no absence is open, or the dropout is registered already"),
        new(DropoutAct.VisitHome, BeforeRegistered, DropoutStep.HomeVisited, "no absence is open, or the dropout is registered already"),
        new(DropoutAct.Suspect, BeforeRegistered[..3], DropoutStep.DropoutSuspected),
        new(DropoutAct.WithdrawSuspicion, [DropoutStep.DropoutSuspected], DropoutStep.UnexcusedAbsenceDetected),
        new(DropoutAct.Register, [DropoutStep.DropoutSuspected], DropoutStep.DropoutRegistered, "three consecutive school days of unexcused absence are not told"),
        new(DropoutAct.RegisterByRoll, [.. BeforeRegistered, Returned, Ended], DropoutStep.DropoutRegistered, AlsoFirst: true),
        new(DropoutAct.StartPersuasion, [DropoutStep.DropoutRegistered], DropoutStep.PersuasionStarted, "the dropout is not registered, or persuasion was started before"),
        new(DropoutAct.FailPersuasion, [DropoutStep.PersuasionStarted], DropoutStep.PersuasionFailed, "no persuasion of the school runs"),
        new(DropoutAct.FileReport, [DropoutStep.PersuasionFailed], DropoutStep.WrittenReportFiled, "that the school's persuasion failed is not recorded, or it was reported before"),
        new(DropoutAct.PersuadeByTown, [DropoutStep.WrittenReportFiled], TownPersuasion, "no written report is filed, or the town has recorded its persuasion"),
        new(DropoutAct.OrderAttendance, [TownPersuasion], DropoutStep.AttendanceOrdered, "the town's persuasion is not recorded, or attendance was ordered before"),
        new(DropoutAct.TakeLegalMeasures, [DropoutStep.AttendanceOrdered, LegalMeasures], LegalMeasures, "attendance was not ordered"),
        new(DropoutAct.Return, [DropoutStep.DropoutSuspected, .. Registered], Returned, "no dropout is suspected or registered"),
        new(DropoutAct.End, [.. BeforeRegistered, .. Registered], Ended),
    ];

    private static readonly FrozenDictionary<DropoutAct, Transition> ByAct = All.ToFrozenDictionary(t => t.Act);

    /// <summary>Whether the act may be done at a step; null is the step of a case that does not exist.</summary>
    public static bool Allows(DropoutAct act, DropoutStep? step) => step is { } at ? ByAct[act].From.Contains(at) : ByAct[act].AlsoFirst;

    /// <summary>
    /// The step after an act: asking and visiting once more, or late, take none back that was reached.
    /// </summary>
    /// <exception cref="RejectedException">It is not allowed at that step.</exception>
    public static DropoutStep Next(DropoutAct act, DropoutStep? step)
    {
        if (!Allows(act, step))
            throw new RejectedException(ByAct[act].Missing ?? $"{act} is not possible at {step?.ToString() ?? "no case"}");
        return act is DropoutAct.Contact or DropoutAct.VisitHome && step > ByAct[act].To ? step.Value : ByAct[act].To;
    }

    /// <summary>What a recorded step was.</summary>
    public static DropoutAct ActOf(IRecordedStep step) => step switch
    {
        GuardianContacted => DropoutAct.Contact,
        HomeVisited => DropoutAct.VisitHome,
        DropoutRegistered => DropoutAct.Register,
        PersuasionStarted => DropoutAct.StartPersuasion,
        PersuasionFailed => DropoutAct.FailPersuasion,
        WrittenReportFiled => DropoutAct.FileReport,
        TownPersuaded => DropoutAct.PersuadeByTown,
        AttendanceOrdered => DropoutAct.OrderAttendance,
        LegalMeasuresTaken => DropoutAct.TakeLegalMeasures,
        ReturnRecorded => DropoutAct.Return,
        _ => throw new InvalidOperationException($"{step.GetType().Name} is no act yet."),
    };
}

/// <summary>One row of the table.</summary>
/// <param name="Act">What is done.</param>
/// <param name="From">The steps it may be done at.</param>
/// <param name="To">The step it leads to.</param>
/// <param name="Missing">What a person is told who does it at another step.</param>
/// <param name="AlsoFirst">It may open the case.</param>
public sealed record Transition(DropoutAct Act, IReadOnlyList<DropoutStep> From, DropoutStep To, string? Missing = null, bool AlsoFirst = false);
