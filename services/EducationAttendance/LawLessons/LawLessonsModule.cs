using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.LawLessons;

/// <summary>Law lessons (法治课) as part of EducationAttendance: stream law-term, its rpcs, and the terms that begin by the calendar.</summary>
public static class LawLessonsModule
{
    public static IServiceCollection AddLawLessons(this IServiceCollection services) =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(LawTermTable.Ddl)).AddSingleton<BeginLawTerms>().AddHostedService(s => s.GetRequiredService<BeginLawTerms>());
}
