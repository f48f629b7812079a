using Google.Protobuf.Reflection;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Masking;

/// <summary>
/// The field group of every field that an rpc of Registry answers; null is free: ids, versions, what survives erasure, what tells
/// nothing of a child. A new field is named here before it is answered.
/// </summary>
internal static class AnswerFields
{
    private static readonly Dictionary<string, FieldGroup?> Named = new(StringComparer.Ordinal)
    {
        ["RevealedIdentities.identities"] = null,
        ["Identity.child_id"] = null, ["Identity.name"] = FieldGroup.Identity, ["Identity.id_number"] = FieldGroup.Identity, ["Identity.address"] = FieldGroup.Identity,
        ["Identity.birth_date"] = null, ["Identity.sex"] = null, ["Identity.verified"] = null, ["Identity.phone"] = FieldGroup.Contact,

        // Category and findings are told to each as far as the groups that they tell of are shown.
        ["Determination.child_id"] = null, ["Determination.category"] = null, ["Determination.reason"] = FieldGroup.Contact, ["Determination.rule_version"] = null,
        ["Determination.findings"] = null, ["Determination.determined_on"] = null, ["Determination.difficulties"] = FieldGroup.HealthAid, ["Determination.inputs"] = null,
        ["Determination.changed_because"] = null, ["Determination.today"] = null, ["Determination.version"] = null,
        ["Finding.condition"] = null, ["Finding.found"] = null, ["Finding.basis"] = null, ["Finding.source"] = null,
        ["Inputs.birth_date"] = null, ["Inputs.residency"] = null, ["Inputs.father"] = FieldGroup.Contact, ["Inputs.mother"] = FieldGroup.Contact,
        ["Inputs.guardian"] = FieldGroup.HealthAid, ["Inputs.disability"] = FieldGroup.HealthAid, ["Inputs.illness"] = FieldGroup.HealthAid, ["Inputs.aid"] = FieldGroup.HealthAid,

        ["ChildFile.child_id"] = null, ["ChildFile.state"] = null, ["ChildFile.version"] = null,
        ["PupilLinks.child_id"] = null, ["PupilLinks.pupil_ids"] = null, ["PupilLinks.version"] = null,
        ["FoundChildren.child_ids"] = null, ["FoundChildren.next_page_token"] = null,
        ["SuspectedDuplicates.pairs"] = null, ["SuspectedDuplicates.next_page_token"] = null,
        ["SuspectedDuplicate.child_id"] = null, ["SuspectedDuplicate.other_id"] = null, ["SuspectedDuplicate.score"] = null, ["SuspectedDuplicate.evidence"] = null,
        ["SuspectedDuplicate.division_code"] = null, ["SuspectedDuplicate.since"] = null, ["SuspectedDuplicate.version"] = null,
        ["DuplicateSettled.child_id"] = null, ["DuplicateSettled.version"] = null,
        // Of officers, and of no child.
        ["BreakGlassGrant.grant_id"] = null, ["BreakGlassGrant.declared_by"] = null, ["BreakGlassGrant.department"] = null, ["BreakGlassGrant.by_division_code"] = null,
        ["BreakGlassGrant.division_code"] = null, ["BreakGlassGrant.reason"] = null, ["BreakGlassGrant.declared_at"] = null, ["BreakGlassGrant.until"] = null,
        ["BreakGlassGrant.acknowledged"] = null, ["BreakGlassGrant.uses"] = null, ["BreakGlassUse.at"] = null, ["BreakGlassUse.method"] = null,
        ["BreakGlassPage.grants"] = null, ["BreakGlassPage.next_page_token"] = null,
        ["ErasedChild.child_id"] = null, ["ErasedChild.version"] = null,

        // Key lists are told as far as the groups that they tell of are shown; a hazard's note by GetHazard alone, to who reads identities.
        ["ChildCare.child_id"] = null, ["ChildCare.version"] = null, ["ChildCare.entrusted"] = null, ["ChildCare.relation"] = null, ["ChildCare.from"] = null,
        ["ChildCare.until"] = null, ["ChildCare.reason"] = null, ["ChildCare.child_heard"] = null, ["ChildCare.screened"] = null, ["ChildCare.barred"] = null,
        ["ChildCare.told"] = null, ["ChildCare.notified"] = null, ["ChildCare.contact"] = null, ["ChildCare.contact_by"] = null, ["ChildCare.ended_because"] = null,
        ["ChildCare.unattended"] = null, ["ChildCare.carer"] = FieldGroup.Contact,
        ["CareWorkPage.work"] = null, ["CareWorkPage.next_page_token"] = null,
        ["AssignedWorker.account"] = null, ["AssignedWorker.version"] = null,
        ["VillagesWithoutWorker.villages"] = null, ["VillagesWithoutWorker.next_page_token"] = null,
        ["RecordedVisit.visit_id"] = null, ["RecordedVisit.visited_at"] = null, ["RecordedVisit.children"] = null,
        ["ChildVisits.child_id"] = null, ["ChildVisits.cadence"] = null, ["ChildVisits.key_list"] = null, ["ChildVisits.next_due_at"] = null,
        ["ChildVisits.overdue"] = null, ["ChildVisits.verified_by_visit"] = null, ["ChildVisits.worker_account"] = null, ["ChildVisits.worker_name"] = null,
        ["ChildVisits.visits"] = null, ["ChildVisits.situations"] = null, ["ChildVisits.version"] = null, ["ChildVisits.worker_version"] = null,
        ["DueVisits.visits"] = null, ["DueVisits.next_page_token"] = null,
        ["HazardCampaign.campaign_id"] = null, ["HazardCampaign.kind"] = null, ["HazardCampaign.division_code"] = null, ["HazardCampaign.from"] = null,
        ["HazardCampaign.until"] = null, ["HazardCampaign.open"] = null, ["HazardCampaign.version"] = null,
        ["HazardCampaigns.campaigns"] = null,
        ["RecordedScreening.campaign_id"] = null, ["RecordedScreening.children"] = null, ["RecordedScreening.place_hazard_ids"] = null,
        ["HazardRecord.hazard_id"] = null, ["HazardRecord.campaign_id"] = null, ["HazardRecord.child_id"] = null, ["HazardRecord.division_code"] = null,
        ["HazardRecord.kind"] = null, ["HazardRecord.place"] = null, ["HazardRecord.state"] = null, ["HazardRecord.found_on"] = null, ["HazardRecord.due_on"] = null,
        ["HazardRecord.rectified_on"] = null, ["HazardRecord.owner_code"] = null, ["HazardRecord.department"] = null, ["HazardRecord.note"] = null,
        ["HazardRecord.version"] = null,
        ["RecordedInjury.injury_id"] = null, ["RecordedInjury.child_id"] = null,
        ["CampaignProgress.campaign"] = null, ["CampaignProgress.division"] = null, ["CampaignProgress.children"] = null,
        ["Hazards.hazards"] = null, ["Hazards.next_page_token"] = null,
        ["ImportReport.import_id"] = null, ["ImportReport.dry_run"] = null, ["ImportReport.lines_read"] = null, ["ImportReport.applied"] = null,
        ["ImportReport.unchanged"] = null, ["ImportReport.waiting"] = null, ["ImportReport.rejected"] = null, ["ImportReport.lines"] = null,
        ["ImportReport.problems"] = null, ["ImportReport.problems_left_out"] = null, ["ImportReport.repeated"] = null,
        ["PaperListTemplate.file_name"] = null, ["PaperListTemplate.content_type"] = null, ["PaperListTemplate.content"] = null,
        ["ExportChunk.data"] = null,
        ["CarerIdentity.name"] = FieldGroup.Contact, ["CarerIdentity.id_number"] = FieldGroup.Contact, ["CarerIdentity.phone"] = FieldGroup.Contact,
        ["CareWork.child_id"] = null, ["CareWork.division_code"] = null, ["CareWork.lacks"] = null,
        ["VillageWithoutWorker.village_code"] = null, ["VillageWithoutWorker.files"] = null,
        ["RecordedChild.child_id"] = null, ["RecordedChild.situation_id"] = null, ["RecordedChild.next_due_at"] = null, ["RecordedChild.version"] = null,
        ["KeyListing.reason"] = null, ["KeyListing.source"] = null,
        ["Visit.visit_id"] = null, ["Visit.visited_at"] = null, ["Visit.signed_by"] = null, ["Visit.content"] = null, ["Visit.before"] = null,
        ["AbnormalSituation.situation_id"] = null, ["AbnormalSituation.visit_id"] = null, ["AbnormalSituation.findings"] = null, ["AbnormalSituation.reported_at"] = null,
        ["AbnormalSituation.acknowledged_at"] = null, ["AbnormalSituation.acknowledged_by"] = null,
        ["DueVisit.child_id"] = null, ["DueVisit.village_code"] = null, ["DueVisit.cadence"] = null, ["DueVisit.due_at"] = null, ["DueVisit.overdue"] = null,
        ["DueVisit.last_visit_on"] = null, ["DueVisit.key_list"] = null,
        ["ChildScreened.child_id"] = null, ["ChildScreened.hazard_ids"] = null,
        ["DivisionProgress.division_code"] = null, ["DivisionProgress.to_screen"] = null, ["DivisionProgress.screened"] = null, ["DivisionProgress.found"] = null,
        ["DivisionProgress.rectified"] = null, ["DivisionProgress.overdue"] = null,
        ["ImportedLine.row"] = null, ["ImportedLine.verdict"] = null, ["ImportedLine.subject_id"] = null,
        ["ListProblem.row"] = null, ["ListProblem.column"] = null, ["ListProblem.reason_zh"] = null, ["ListProblem.reason"] = null, ["ListProblem.warning"] = null,
        ["VisitContent.findings"] = null, ["VisitContent.note"] = FieldGroup.Identity, ["VisitContent.verifies_identity"] = null,
        ["HazardsOfKind.kind"] = null, ["HazardsOfKind.hazards"] = null,
    };

    /// <summary>Every unary rpc of Registry's protos for people.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. from type in typeof(RegistryReflection).Assembly.GetTypes()
           let file = type.GetProperty("Descriptor")?.GetValue(null) as FileDescriptor
           where file?.Package == "leftbehind.registry.v1"
           from service in file.Services
           from method in service.Methods
           where MethodTable.Find($"{service.FullName}/{method.Name}")!.Way is Way.Read or Way.Act
           orderby method.FullName
           select method,
    ];

    public static IEnumerable<string> All => Named.Keys;

    public static FieldGroup? GroupOf(FieldDescriptor field) => Named[NameOf(field)];

    public static string NameOf(FieldDescriptor field) => $"{field.ContainingType.Name}.{field.Name}";

    /// <summary>The fields of a message and of all that it holds.</summary>
    public static IReadOnlySet<FieldDescriptor> Of(MessageDescriptor message)
    {
        var (fields, open) = (new HashSet<FieldDescriptor>(), new Stack<MessageDescriptor>([message]));
        while (open.TryPop(out var next))
            foreach (var field in next.Fields.InFieldNumberOrder())
                if (fields.Add(field) && field.FieldType is FieldType.Message)
                    open.Push(field.MessageType);
        return fields;
    }
}
