using System.Globalization;
using Grpc.Core;
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
using Marten;
using Npgsql;

namespace LeftBehind.Platform.Subjects;

/// <summary>What happened to one subject, across services, from Platform's own log; each entry only to those who may read its field group.</summary>
public sealed class GetTimeline(NpgsqlDataSource database, IDocumentStore marten)
{
    public async Task<Timeline> AnswerAsync(GetTimelineRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.SubjectId, out var subject))
            throw new RpcException(new(StatusCode.InvalidArgument, "subject_id: not a UUID"));
        context.Require(await VillageAsync(subject, context.CancellationToken));
        var caller = context.GetCaller();
        await using var session = marten.QuerySession();
        var events = await session.Events.FetchStreamAsync(subject, token: context.CancellationToken);
        return new()
        {
            Entries =
            {
                from e in events
                let meta = EventMeta.Of(e)
                let fact = Facts.Of(e.Data, meta.Told?.Source)
                where fact is not null && caller.Reads(fact.Group)
                select new TimelineEntry
                {
                    OccurredAt = meta.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
                    EffectiveOn = meta.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Service = meta.Told?.Source ?? PlatformModule.Schema, Fact = Contract.Facts.NameOf(e.Data), Change = fact.Change,
                    Reason = ReasonOf(e.Data, caller),
                },
            },
        };
    }

    private async Task<DivisionId?> VillageAsync(Guid subject, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select village from {PlatformModule.Schema}.subject_facts where subject = $1 and {Shielding.Unshielded}");
        command.Parameters.Add(new() { Value = subject });
        return await command.ExecuteScalarAsync(ct) is long village ? new DivisionId(village) : null;
    }

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

    /// <summary>In which field group a fact lies, and what it says changed.</summary>
    private sealed record Facts(FieldGroup Group, string Change)
    {
        public static Facts? Of(object fact, string? service) => fact switch
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
            DropoutRecorded e => new(FieldGroup.Schooling, e.After.Ended is { } why ? $"{e.Change}, {why}" : e.Change.ToString()),
            PairingRecorded e => new(FieldGroup.Schooling, e.Change.ToString()),
            ReconciliationRecorded { After: var e } d => new(FieldGroup.Schooling, $"{e.Kind}, {d.Change}"),
            MissingSuspected => new(FieldGroup.ReportResponse, "MissingSuspected"),
            ClassDayRecorded e => new(FieldGroup.Schooling, $"{e.Change}, {e.After.Roll}"),
            ReportRecorded { After: var e } => new(FieldGroup.ReportResponse, $"{e.State}, {e.Urgency}"),
            ResponseRecorded { After: var e } => new(FieldGroup.ReportResponse, e.State.ToString()),
            PlacementRecorded { After: var e } => new(FieldGroup.ReportResponse, $"{e.Ground}, {e.State}"),
            HarmReported e => new(FieldGroup.ReportResponse, e.Situation.ToString()),
            ReportLinked e => new(FieldGroup.ReportResponse, e.Urgency.ToString()),
            ResponseOpened e => new(FieldGroup.ReportResponse, e.Urgency.ToString()),
            TownNotified e => new(FieldGroup.ReportResponse, e.Urgency.ToString()),
            ResponseClosed => new(FieldGroup.ReportResponse, "Closed"),
            AssessmentOpened e => new(FieldGroup.AssessmentPlan, e.Urgency.ToString()),
            AssessmentFinalised e => new(FieldGroup.AssessmentPlan, $"{e.Grade}, {e.Risk}"),
            PlanDrafted => new(FieldGroup.AssessmentPlan, "Draft"),
            PlanApproved => new(FieldGroup.AssessmentPlan, "Approved"),
            CaseOpened e => new(FieldGroup.InterventionCourt, e.Conduct.ToString()),
            CaseMoved => new(FieldGroup.InterventionCourt, "Moved"),
            StepRecorded e => new(FieldGroup.InterventionCourt, e.Act.ToString()),
            CaseRecorded e => new(FieldGroup.InterventionCourt, e.Change.ToString()),
            GuardianDesignated e => new(FieldGroup.InterventionCourt, e.Guardian.ToString()),
            ObligationRecorded e when ServiceFields.Of(service) is { } group => new(group, e switch
            {
                { Change: ObligationChange.Escalated, After: { EscalatedTo: { } level } duty } => $"{duty.Kind}, Escalated to {level}",
                { Change: ObligationChange.Breached, After: var duty } => $"{duty.Kind}, Overdue ({duty.Basis})",
                { After: var duty } => $"{duty.Kind}, {(duty.State is ObligationState.FulfilledLate ? duty.State : e.Change)}",
            }),
            _ => null,
        };
    }
}
