using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Until when an assessment is due after the town was informed. Platform default; the policy names no time.</summary>
public static class DueTimes
{
    private const int OrdinaryWorkingDays = 10;
    private static readonly TimeSpan EmergencyHours = TimeSpan.FromHours(24);
    private static readonly TimeSpan HighDays = TimeSpan.FromDays(3);

    /// <summary>24 natural hours, 3 natural days, or the end of the 10th working day in China.</summary>
    public static DateTimeOffset Of(Urgency urgency, DateTimeOffset informedAt, WorkCalendar calendar) => urgency switch
    {
        Urgency.Emergency => informedAt + EmergencyHours,
        Urgency.High => informedAt + HighDays,
        _ => WorkCalendar.StartOf(calendar.AddWorkingDays(WorkCalendar.DayOf(informedAt), OrdinaryWorkingDays).AddDays(1)).ToUniversalTime(),
    };
}
