using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>Boarders (寄宿生) as part of EducationAttendance: stream boarding-sheet, its rpcs, its list, and the nights that nobody called.</summary>
public static class BoardersModule
{
    public static IServiceCollection AddBoarders(this IServiceCollection services) =>
        services.AddSingleton<HandleBoarding>().AddSingleton<ReadBoarding>().AddSingleton<ISchemaPart>(new SchemaPart(BoardingTable.Ddl))
            .AddSingleton<SettleNights>().AddHostedService(s => s.GetRequiredService<SettleNights>());
}
