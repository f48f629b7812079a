using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
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
                let fact = Facts.Of(e.Data)
                where fact is not null && caller.Reads(fact.Group)
                let meta = EventMeta.Of(e)
                select new TimelineEntry
                {
                    OccurredAt = meta.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
                    EffectiveOn = meta.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Service = meta.Told?.Source ?? PlatformModule.Schema, Fact = Contract.Facts.NameOf(e.Data), Change = fact.Change,
                },
            },
        };
    }

    private async Task<DivisionId?> VillageAsync(Guid subject, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select village from {PlatformModule.Schema}.subject_facts where subject = $1");
        command.Parameters.Add(new() { Value = subject });
        return await command.ExecuteScalarAsync(ct) is long village ? new DivisionId(village) : null;
    }

    /// <summary>In which field group a fact lies, and what it says changed.</summary>
    private sealed record Facts(FieldGroup Group, string Change)
    {
        public static Facts? Of(object fact) => fact switch
        {
            ChildRecorded e => new(e.Change is ChildChange.CarerChanged or ChildChange.ParentStatusChanged ? FieldGroup.Contact : FieldGroup.Identity, e.Change.ToString()),
            PupilMatched or PupilUnlinked => new(FieldGroup.Identity, fact is PupilMatched ? "Matched" : "Unlinked"),
            PupilRecorded e => new(FieldGroup.Schooling, e.Change.ToString()),
            ChildSchoolingRecorded e => new(FieldGroup.Schooling, e.Schooling.ToString()),
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
            StepRecorded e => new(FieldGroup.InterventionCourt, e.Act.ToString()),
            _ => null,
        };
    }
}
