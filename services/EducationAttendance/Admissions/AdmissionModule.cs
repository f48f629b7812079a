using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>Refused admissions (拒收) as part of EducationAttendance: stream admission-refusal, its rpcs, its list.</summary>
public static class AdmissionModule
{
    public static IServiceCollection AddAdmissions(this IServiceCollection services) =>
        services.AddSingleton<HandleAdmissions>().AddSingleton<ReadAdmissions>().AddSingleton<ISchemaPart>(new SchemaPart(AdmissionTable.Ddl));
}
