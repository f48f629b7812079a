using System.Collections.Frozen;
using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>Which method is for whom: one row a method. A method without a row is refused, and fails start-up.</summary>
public static class MethodTable
{
    private const string Interventions = "who may see what, row intervention, court";
    private const string Running = "users: operations watch, park, retry and reconcile";

    /// <summary>Every row.</summary>
    public static IReadOnlyList<MethodRow> Rows { get; } =
    [
        .. RegistryMethods.Rows,
        Receipt("leftbehind.intake.v1.ReceiptFeed/FollowReceipts"),
        // Each service tells of its own duties to those alone who read what they are about; its handler asks.
        Read("leftbehind.obligations.v1.Obligations/ListObligations", "who may see what: duties by the field group of the service that owes them", Figures),
        Act("leftbehind.obligations.v1.Obligations/WaiveObligation", "platform default: the owning department at its county lets a duty go", Figures, None,
            CivilAffairs, Education, Police, Justice, Health, YouthLeague, WomensFederation, DisabledPersonsFederation) with { Levels = [DivisionLevel.County] },
        // Who read whose data is told to those who lead and answer for it (platform default); those who run the installation see nothing of any child.
        Act("leftbehind.reads.v1.PersonalReads/ListReads", "未成年人网络保护条例 §36, §37; policy: 区民政局要履行牵头职责; platform default: the county", Identity, None, CivilAffairs)
            with { Levels = [DivisionLevel.County] },
        .. EducationMethods.Rows,
        Read("leftbehind.platform.v1.Platform/GetFigures", "who may see what, row figures; small cells merged without child access", Figures),
        Read("leftbehind.platform.v1.Platform/GetOfficialTable", "who may see what, row figures; small cells merged without child access", Figures),
        Read("leftbehind.platform.v1.Platform/ExportFigures", "who may see what, row figures; small cells merged without child access", Figures),
        // Ids of single children are drilled from figures by those only who may name them, and read what the figure tells of them.
        Read("leftbehind.platform.v1.Platform/ListSubjects", "small cells: roles with child access; each measure by the field groups it tells", Identity),
        Read("leftbehind.platform.v1.Platform/GetTimeline", "small cells: roles with child access; each entry by its own field group", Identity),
        Read("leftbehind.platform.v1.ChangeFeed/ReadChanges", "small cells: roles with child access; each change by its own field group", Identity),
        // A system is told what its department reads: whoever leads at the county decides of its county's systems.
        Subscribe("CreateWebhook"),
        Subscribe("ListWebhooks"),
        Subscribe("ResumeWebhook"),
        Subscribe("EndWebhook"),
        new("leftbehind.platform.v1.Platform/Reconcile", Way.Operate, Running),
        new("leftbehind.platform.v1.Platform/RebuildFigures", Way.Operate, Running),
        .. DivisionMethods.Rows,
        .. ReportingMethods.Rows,
        .. AssessmentMethods.Rows,
        Act("leftbehind.guardianship.v1.GuardianshipIntervention/RecordConduct", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Read("leftbehind.guardianship.v1.GuardianshipIntervention/GetCase", Interventions, InterventionCourt, Assigned),
        Act("leftbehind.guardianship.v1.Court/AssignCase", "platform default: county civil affairs lead (policy: 区民政局要履行牵头职责) and assign", InterventionCourt, None, CivilAffairs)
            with { Levels = [DivisionLevel.County] },
        // Whose record each single act may be, the service's own table says.
        Act("leftbehind.guardianship.v1.Court/RecordCourtAct", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Act("leftbehind.guardianship.v1.Court/RecordEvidence", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Act("leftbehind.guardianship.v1.Court/DisputeEvidence", Interventions, InterventionCourt, Assigned, CivilAffairs, Police, Justice),
        Read("leftbehind.guardianship.v1.Court/GetPetitionGrounds", Interventions, InterventionCourt, Assigned),
        Read("leftbehind.guardianship.v1.Court/GetCaseFile", Interventions, InterventionCourt, Assigned),
        new("leftbehind.operations.v1.Source/Replay", Way.Service, "exactly-once by watermark: a consumer pulls what it missed"),
        new("leftbehind.operations.v1.Source/ListHeads", Way.Service, "reconcile: comparison with each source store"),
        new("leftbehind.operations.v1.Lanes/ListLanes", Way.Operate, Running),
        new("leftbehind.operations.v1.Lanes/AcceptIncarnation", Way.Operate, "an unknown incarnation stops the lane until operations accept it"),
        new("leftbehind.operations.v1.Lanes/FindParked", Way.Service, "the second answer on a receipt: what happened beyond the service"),
        new("leftbehind.operations.v1.Lanes/ListParked", Way.Operate, Running),
        new("leftbehind.operations.v1.Lanes/RetryParked", Way.Operate, Running),
        new("leftbehind.operations.v1.Lanes/DiscardParked", Way.Operate, Running),
        new("grpc.health.v1.Health/Check", Way.Open, "probes carry no token"),
        new("grpc.health.v1.Health/Watch", Way.Open, "probes carry no token"),
        // Reflection is mapped in development only; even there it asks for a token.
        new("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Way.Operate, "OWASP API9"),
        new("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Way.Operate, "OWASP API9")
    ];

    private static readonly FrozenDictionary<string, MethodRow> ByMethod = Rows.ToFrozenDictionary(row => row.Method, StringComparer.Ordinal);

    /// <summary>The row of a method (<c>package.Service/Method</c>, with or without the leading slash), or null.</summary>
    public static MethodRow? Find(string method) => ByMethod.GetValueOrDefault(method.TrimStart('/'));
}
