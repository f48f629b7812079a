using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>How the guardian answered when the school asked. The numbers are the protocol's.</summary>
public enum ContactOutcome { Reached = 1, NotReached }

/// <summary>Whom the school met at the child's home. The numbers are the protocol's.</summary>
public enum VisitOutcome { GuardianMet = 1, ChildMetAlone, Unreachable }

/// <summary>What was done once an order to attend was not followed (义务教育法 §58 and what the law allows beyond). The numbers are the protocol's.</summary>
public enum LegalMeasure { Criticism = 1, Reprimand, WarningLetter, CourtAction, Other }

/// <summary>How a pupil came back: it was there when the roll was called, the roll enrolled it, or somebody recorded it.</summary>
public enum CameBackBy { Attended, Roll, Recorded }

/// <summary>What a person or the sources do to a case; the table of what is allowed when is made of them.</summary>
public enum DropoutAct
{
    DetectAbsence, Suspect, WithdrawSuspicion, End, RegisterByRoll, Contact, VisitHome, Register, StartPersuasion, FailPersuasion, FileReport, PersuadeByTown, OrderAttendance,
    TakeLegalMeasures, Return,
}

/// <summary>An event of a dropout case. Each carries the facts that leave the house, after the change.</summary>
public interface IDropoutEvent
{
    /// <summary>The pupil on the roll.</summary>
    Guid Pupil { get; }

    /// <summary>All that is told of the case.</summary>
    DropoutFacts After { get; }
}

/// <summary>What a person recorded: the request that told it, the day it was done, and a note sealed under the pupil's key.</summary>
public interface IRecordedStep : IDropoutEvent
{
    /// <summary>Made of the caller and its request id: a request told again meets it.</summary>
    Guid Request { get; }

    /// <summary>The day it was done.</summary>
    DateOnly On { get; }

    /// <summary>Free text; null where none was told.</summary>
    Sealed? Note { get; }
}

/// <summary>Absent without excuse: opens an episode of the case, or reopens it.</summary>
/// <param name="Pupil">The pupil.</param>
/// <param name="School">Where its school stands: who owes what follows.</param>
/// <param name="SchoolNo">The roll's own number of the school.</param>
/// <param name="AbsentSince">The first day of the absence.</param>
/// <param name="AbsentOn">The last day of it that is known.</param>
/// <param name="Relapse">Within the monitored school days after a return.</param>
/// <param name="After">The facts.</param>
[StoredName("unexcused_absence_detected")]
public sealed record UnexcusedAbsenceDetected(
    Guid Pupil, DivisionId School, string SchoolNo, DateOnly AbsentSince, DateOnly AbsentOn, bool Relapse, DropoutFacts After) : IDropoutEvent;

/// <summary>Three consecutive school days of it. Platform default.</summary>
[StoredName("dropout_suspected")]
public sealed record DropoutSuspected(Guid Pupil, DateOnly AbsentSince, DateOnly AbsentOn, DropoutFacts After) : IDropoutEvent;

/// <summary>A mark was corrected, so that the days are fewer, and nothing had been done.</summary>
[StoredName("dropout_suspicion_withdrawn")]
public sealed record SuspicionWithdrawn(Guid Pupil, DateOnly AbsentSince, DateOnly AbsentOn, DropoutFacts After) : IDropoutEvent;

[StoredName("guardian_contacted")]
public sealed record GuardianContacted(Guid Pupil, Guid Request, DateOnly On, ContactOutcome Outcome, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <param name="Pupil">See the interface.</param>
/// <param name="Request">See the interface.</param>
/// <param name="On">See the interface.</param>
/// <param name="Outcome">Whom the school met.</param>
/// <param name="ChildId">The child's file at that time, as Registry told it; null while the pupil waits.</param>
/// <param name="School">Where the school stands.</param>
/// <param name="At">When it was recorded; UTC.</param>
/// <param name="Note">See the interface.</param>
/// <param name="After">The facts.</param>
[StoredName("home_visited")]
public sealed record HomeVisited(
    Guid Pupil, Guid Request, DateOnly On, VisitOutcome Outcome, Guid? ChildId, DivisionId School, DateTimeOffset At, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <summary>辍学登记 by the school.</summary>
[StoredName("dropout_registered")]
public sealed record DropoutRegistered(Guid Pupil, Guid Request, DateOnly On, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <summary>辍学登记 by the roll, also of a pupil of whom no absence was told.</summary>
[StoredName("dropout_registered_by_roll")]
public sealed record DropoutRegisteredByRoll(Guid Pupil, DivisionId School, string SchoolNo, DropoutFacts After) : IDropoutEvent;

[StoredName("persuasion_started")]
public sealed record PersuasionStarted(Guid Pupil, Guid Request, DateOnly On, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <summary>The note says why it did not help.</summary>
[StoredName("persuasion_failed")]
public sealed record PersuasionFailed(Guid Pupil, Guid Request, DateOnly On, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <summary>The document itself lies sealed beside the case.</summary>
/// <param name="Pupil">See the interface.</param>
/// <param name="Request">See the interface; also the document's id.</param>
/// <param name="On">The day that stands on it.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="Digest">Keyed digest of its text, by which a changed one is known.</param>
/// <param name="After">The facts.</param>
[StoredName("written_report_filed")]
public sealed record WrittenReportFiled(Guid Pupil, Guid Request, DateOnly On, string DocumentNo, string Digest, DropoutFacts After) : IRecordedStep
{
    /// <summary>What it says lies in the document.</summary>
    public Sealed? Note => null;
}

[StoredName("town_persuaded")]
public sealed record TownPersuaded(Guid Pupil, Guid Request, DateOnly On, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <summary>限期复学: until when the guardian has to bring the child back.</summary>
[StoredName("attendance_ordered")]
public sealed record AttendanceOrdered(Guid Pupil, Guid Request, DateOnly On, string DocumentNo, DateOnly ReturnBy, Sealed? Note, DropoutFacts After) : IRecordedStep;

[StoredName("legal_measures_taken")]
public sealed record LegalMeasuresTaken(Guid Pupil, Guid Request, DateOnly On, LegalMeasure Measure, string DocumentNo, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <summary>复学, 销号, as somebody recorded it.</summary>
[StoredName("dropout_return_recorded")]
public sealed record ReturnRecorded(Guid Pupil, Guid Request, DateOnly On, Sealed? Note, DropoutFacts After) : IRecordedStep;

/// <summary>复学, 销号, as attendance or the roll shows it.</summary>
[StoredName("dropout_returned")]
public sealed record PupilCameBack(Guid Pupil, CameBackBy By, DropoutFacts After) : IDropoutEvent;

[StoredName("dropout_case_ended")]
public sealed record DropoutCaseEnded(Guid Pupil, DropoutFacts After) : IDropoutEvent;
