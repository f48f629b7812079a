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
        ["ErasedChild.child_id"] = null, ["ErasedChild.version"] = null,
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
