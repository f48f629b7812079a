using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.EducationAttendance.Goals;

/// <summary>Goals of education by school (建档率、入学率) as part of EducationAttendance: one row a pupil beside the log, and their list.</summary>
public static class GoalsModule
{
    public static IServiceCollection AddGoals(this IServiceCollection services) =>
        services.AddSingleton<ISchemaPart>(new SchemaPart(SchoolPupils.Ddl)).AddSingleton<IMigrationStep, SchoolPupils>();
}
