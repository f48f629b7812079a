using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.ContactCards;

/// <summary>Contact cards (联系卡) and helped calls as part of EducationAttendance: stream contact-card and its rpcs.</summary>
public static class ContactCardModule
{
    public static IServiceCollection AddContactCards(this IServiceCollection services) =>
        services.AddSingleton<HandleContactCards>();
}
