using System.Reflection;
using Google.Protobuf.Reflection;
using LeftBehind.Access;

namespace LeftBehind.EndToEndTests.Matrix;

/// <summary>A method of a service, with the executables that serve it.</summary>
internal sealed record Rpc(MethodDescriptor Method, IReadOnlyList<string> Services)
{
    /// <summary>package.Service/Method, as in the access table.</summary>
    public string Name => $"{Method.Service.FullName}/{Method.Name}";

    public MethodRow Row => MethodTable.Find(Name) ?? throw new InvalidOperationException($"{Name} has no row.");
}

/// <summary>Every method of every proto file, read from their descriptors: a new one is tested without being named here.</summary>
internal static class Rpcs
{
    private static readonly Dictionary<string, string[]> ServedBy = new()
    {
        ["leftbehind.registry.v1.Registry"] = ["Registry"],
        ["leftbehind.registry.v1.Visits"] = ["Registry"],
        ["leftbehind.obligations.v1.Obligations"] = ["Registry", "EducationAttendance", "Reporting", "Assessment", "GuardianshipIntervention"],
        ["leftbehind.reads.v1.PersonalReads"] = ["Registry", "EducationAttendance", "Reporting", "GuardianshipIntervention"],
        ["leftbehind.registry.v1.Care"] = ["Registry"],
        ["leftbehind.registry.v1.HazardScreening"] = ["Registry"],
        ["leftbehind.registry.v1.Erasure"] = ["Registry"],
        ["leftbehind.registry.v1.BreakGlass"] = ["Registry"],
        ["leftbehind.registry.v1.PaperLists"] = ["Registry"],
        ["leftbehind.education.v1.EducationAttendance"] = ["EducationAttendance"],
        ["leftbehind.intake.v1.ReceiptFeed"] = ["Registry", "EducationAttendance"],
        ["leftbehind.education.v1.Calendars"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Attendance"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Imports"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Dropouts"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Promotions"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Reconciliation"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Pairings"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Admissions"] = ["EducationAttendance"],
        ["leftbehind.education.v1.ContactCards"] = ["EducationAttendance"],
        ["leftbehind.education.v1.Boarders"] = ["EducationAttendance"],
        ["leftbehind.education.v1.LawLessons"] = ["EducationAttendance"],
        ["leftbehind.education.v1.SchoolGoals"] = ["EducationAttendance"],
        ["leftbehind.platform.v1.Platform"] = ["Platform"],
        ["leftbehind.platform.v1.ChangeFeed"] = ["Platform"],
        ["leftbehind.platform.v1.Webhooks"] = ["Platform"],
        ["leftbehind.platform.v1.Divisions"] = ["Platform"],
        ["leftbehind.platform.v1.Appraisals"] = ["Platform"],
        ["leftbehind.platform.v1.Quarters"] = ["Platform"],
        ["leftbehind.reporting.v1.Reporting"] = ["Reporting"],
        ["leftbehind.reporting.v1.MandatoryReports"] = ["Reporting"],
        ["leftbehind.reporting.v1.EmergencyResponses"] = ["Reporting"],
        ["leftbehind.reporting.v1.Placements"] = ["Reporting"],
        ["leftbehind.reporting.v1.HotlineAppeals"] = ["Reporting"],
        ["leftbehind.reporting.v1.LiveReports"] = ["Reporting"],
        ["leftbehind.assessment.v1.Assessment"] = ["Assessment"],
        ["leftbehind.assessment.v1.Instruments"] = ["Assessment"],
        ["leftbehind.assessment.v1.Plans"] = ["Assessment"],
        ["leftbehind.assessment.v1.ServiceDirectory"] = ["Assessment"],
        ["leftbehind.guardianship.v1.GuardianshipIntervention"] = ["GuardianshipIntervention"],
        ["leftbehind.guardianship.v1.Court"] = ["GuardianshipIntervention"],
        ["leftbehind.operations.v1.Source"] = ["Registry", "EducationAttendance", "Reporting", "Assessment", "GuardianshipIntervention", "Platform"],
        ["leftbehind.operations.v1.Grants"] = ["Registry"],
        ["leftbehind.operations.v1.Lanes"] = ["Registry", "EducationAttendance", "Reporting", "Assessment", "GuardianshipIntervention", "Platform"],
    };

    public static IReadOnlyList<Rpc> All { get; } =
    [
        .. from type in typeof(Protos.Intake.V1.IntakeReflection).Assembly.GetTypes()
           let descriptor = type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as FileDescriptor
           where descriptor is not null
           from service in descriptor.Services
           from method in service.Methods
           orderby method.FullName
           select new Rpc(method, ServedBy[service.FullName]),
    ];

    public static Rpc Of(string name) => All.Single(r => r.Name == name);
}
