using LeftBehind.Documents;
using LeftBehind.EducationAttendance.Dropout.Reports;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>Dropout (控辍保学) as part of EducationAttendance: stream dropout-case, its rpcs, its list and documents; it follows attendance, the roll and erasure.</summary>
public static class DropoutModule
{
    public static IServiceCollection AddDropout(this IServiceCollection services)
    {
        foreach (var ddl in new Func<string, string>[] { DropoutTable.Ddl, DocumentTable.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
        return services.AddSingleton<WatchDropouts>().AddSingleton<HandleDropout>().AddSingleton<ReadDropouts>().AddSingleton<ListDropouts>()
            .AddSingleton<PrintDocument>().AddSingleton<FileReports>();
    }
}
