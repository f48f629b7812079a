using System.Globalization;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Subjects;

/// <summary>What a fact says in timelines and feeds, and in which field group it lies: shown only to those who may read that. Pure.</summary>
internal sealed record FactWords(FieldGroup Group, string Change)
{
    /// <summary>The fact as it is shown to a caller; null when it is not.</summary>
    public static TimelineEntry? Shown(object fact, EventMeta meta, Caller caller) => Of(fact, meta.Told?.Source) is { } words && caller.Reads(words.Group)
        ? new()
        {
            OccurredAt = meta.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
            EffectiveOn = meta.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Service = meta.Told?.Source ?? PlatformModule.Schema, Fact = Contract.Facts.NameOf(fact), Change = words.Change, Reason = ReasonOf(fact, caller),
        }
        : null;

    /// <summary>A category changes by what parents do and by health and aid; a file is closed and opened for a reason of its own.</summary>
    internal static string ReasonOf(object fact, Caller caller) => fact switch
    {
        ChildRecorded { Change: ChildChange.Closed } e => e.After.State.ToString(),
        ChildRecorded { Change: ChildChange.Reopened } e => e.After.Reopened?.ToString() ?? "",
        ChildRecorded { Why: { } why and not CategoryReasons.None } when caller.Reads(FieldGroup.Contact) && caller.Reads(FieldGroup.HealthAid) => why.ToString(),
        _ => "",
    };

    internal static FieldGroup GroupOf(ChildChange change) => change switch
    {
        ChildChange.CarerChanged or ChildChange.ParentStatusChanged => FieldGroup.Contact,
        ChildChange.DisabilityChanged or ChildChange.IllnessChanged or ChildChange.AidChanged or ChildChange.GuardianChanged or ChildChange.DifficultyChanged => FieldGroup.HealthAid,
        _ => FieldGroup.Identity,
    };

    private static FactWords? Of(object fact, string? service) => fact switch
    {
        // The fact beside it says so.
        ChildRecorded { Change: ChildChange.PersonalDataErased } => null,
        PersonalDataErased => new(FieldGroup.Identity, "Erased"),
        ChildRecorded e => new(GroupOf(e.Change), e.Change.ToString()),
        PupilMatched or PupilUnlinked => new(FieldGroup.Identity, fact is PupilMatched ? "Matched" : "Unlinked"),
        PupilRecorded e => new(FieldGroup.Schooling, e.Change.ToString()),
        ChildSchoolingRecorded e => new(FieldGroup.Schooling, e.Schooling.ToString()),
        VisitsRecorded e => new(FieldGroup.Identity, e.Change.ToString()),
        AbnormalSituationReported e => new(FieldGroup.Identity, e.Urgency.ToString()),
        CareRecorded e => new(FieldGroup.Contact, e.Change.ToString()),
        ScreeningRecorded { Injury: { } injury } => new(FieldGroup.HealthAid, $"{injury.Kind}, {injury.Severity}"),
        ScreeningRecorded e => new(FieldGroup.Identity, $"{e.Kind}, {e.Change}"),
        HazardRecorded e => new(FieldGroup.Identity, $"{e.After.Kind}, {e.Change}"),
        PupilAttendanceRecorded { After: var e } => new(FieldGroup.Schooling, e.UnexcusedRun > 0 ? $"{e.State}, Unexcused {e.UnexcusedRun}" : e.State.ToString()),
        PairingRecorded e => new(FieldGroup.Schooling, e.Change.ToString()),
        ContactCardRecorded e => new(FieldGroup.Contact, e.Change.ToString()),
        BoardingSheetRecorded e => new(FieldGroup.Schooling, $"{e.After.Kind}, {e.Change}"),
        LawTermRecorded e => new(FieldGroup.Schooling, e.Change.ToString()),
        AdmissionRecorded e => new(FieldGroup.Schooling, e.Change.ToString()),
        ReconciliationRecorded { After: var e } d => new(FieldGroup.Schooling, $"{e.Kind}, {d.Change}"),
        DropoutRecorded e => new(FieldGroup.Schooling, e.After.Ended is { } why ? $"{e.Change}, {why}" : e.Change.ToString()),
        MissingSuspected => new(FieldGroup.ReportResponse, "MissingSuspected"),
        ClassDayRecorded e => new(FieldGroup.Schooling, $"{e.Change}, {e.After.Roll}"),
        ReportRecorded { After: var e } => new(FieldGroup.ReportResponse, $"{e.State}, {e.Urgency}"),
        ResponseRecorded { After: var e } => new(FieldGroup.ReportResponse, e.State.ToString()),
        PlacementRecorded { After: var e } => new(FieldGroup.ReportResponse, $"{e.Ground}, {e.State}"),
        HotlineAppealRecorded { After: var e } => new(FieldGroup.HotlineAppeal, e.Class is { } @class ? $"{@class}, {e.State}" : e.State.ToString()),
        HarmReported e => new(FieldGroup.ReportResponse, e.Situation.ToString()),
        ReportLinked e => new(FieldGroup.ReportResponse, e.Urgency.ToString()),
        ResponseOpened e => new(FieldGroup.ReportResponse, e.Urgency.ToString()),
        TownNotified e => new(FieldGroup.ReportResponse, e.Urgency.ToString()),
        ResponseClosed => new(FieldGroup.ReportResponse, "Closed"),
        AssessmentOpened e => new(FieldGroup.AssessmentPlan, e.Urgency.ToString()),
        AssessmentRecorded e => new(FieldGroup.AssessmentPlan, e.Change.ToString()),
        PlanRecorded e => new(FieldGroup.AssessmentPlan, e.Change.ToString()),
        AssessmentFinalised e => new(FieldGroup.AssessmentPlan, $"{e.Grade}, {e.Risk}"),
        PlanDrafted => new(FieldGroup.AssessmentPlan, "Draft"),
        PlanApproved => new(FieldGroup.AssessmentPlan, "Approved"),
        CaseOpened e => new(FieldGroup.InterventionCourt, e.Conduct.ToString()),
        CaseMoved => new(FieldGroup.InterventionCourt, "Moved"),
        StepRecorded e => new(FieldGroup.InterventionCourt, e.Act.ToString()),
        CaseRecorded e => new(FieldGroup.InterventionCourt, e.Change.ToString()),
        GuardianDesignated e => new(FieldGroup.InterventionCourt, e.Guardian.ToString()),
        ObligationRecorded e when ServiceFields.Of(service, e.After.Subject.Kind) is { } group => new(group, e switch
        {
            { Change: ObligationChange.Escalated, After: { EscalatedTo: { } level } duty } => $"{duty.Kind}, Escalated to {level}",
            { Change: ObligationChange.Breached, After: var duty } => $"{duty.Kind}, Overdue ({duty.Basis})",
            { After: var duty } => $"{duty.Kind}, {(duty.State is ObligationState.FulfilledLate ? duty.State : e.Change)}",
        }),
        _ => null,
    };
}
