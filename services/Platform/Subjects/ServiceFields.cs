using LeftBehind.Access;

namespace LeftBehind.Platform.Subjects;

/// <summary>In which field group lies what a service tells of its duties: that one exists tells as much as what it is about.</summary>
internal static class ServiceFields
{
    private static readonly Dictionary<string, FieldGroup> GroupOf = new(StringComparer.Ordinal)
    {
        ["registry"] = FieldGroup.Identity, ["education"] = FieldGroup.Schooling, ["reporting"] = FieldGroup.ReportResponse,
        ["assessment"] = FieldGroup.AssessmentPlan, ["guardianship"] = FieldGroup.InterventionCourt,
    };

    /// <summary>The field group; null for a service without one, of whose duties nobody reads.</summary>
    public static FieldGroup? Of(string? service) => service is not null && GroupOf.TryGetValue(service, out var group) ? group : null;

    /// <summary>Of a duty about a subject of this kind: appeals to 12355 are not of the field group that their service's reports are.</summary>
    public static FieldGroup? Of(string? service, string subjectKind) => subjectKind is "appeal" ? FieldGroup.HotlineAppeal : Of(service);

    /// <summary>The services of whose duties a caller reads.</summary>
    public static string[] ReadBy(Caller caller) => [.. GroupOf.Where(g => caller.Reads(g.Value)).Select(g => g.Key)];
}
