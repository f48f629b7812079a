namespace LeftBehind.Reporting;

/// <summary>What an installation may set; every value is a platform default. Configuration section <c>Reporting</c>.</summary>
public sealed class ReportingRules
{
    /// <summary>After which time somebody is told of a report that was not referred to the police (第一时间报告).</summary>
    public TimeSpan ReferAlertAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After which time somebody is told that nobody was sent out (第一时间出警).</summary>
    public TimeSpan DispatchAlertAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after such an alert the level above is told.</summary>
    public TimeSpan EscalatesAfter { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How far back open cases of a place are proposed to a report that names no child.</summary>
    public int ProposeWithinDays { get; init; } = 14;

    /// <summary>Days until a temporary placement is reviewed, and reviewed again.</summary>
    public int ReviewEveryDays { get; init; } = 30;

    /// <summary>After which time somebody is told of an appeal to 12355 that was not classified (即时在线接听和登记受理).</summary>
    public TimeSpan ClassifyAlertAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Working days from its classification in which an appeal is answered.</summary>
    public int AnswerWithinWorkingDays { get; init; } = 5;

    /// <summary>Working days from the answer in which the caller is called (回访).</summary>
    public int FollowUpWithinWorkingDays { get; init; } = 3;

    /// <summary>Ordinary reports that one account may send at once, before <see cref="ReportsASecond"/> counts.</summary>
    public int ReportsAtOnce { get; init; } = 50;

    /// <summary>Ordinary reports that one account may send on and on.</summary>
    public int ReportsASecond { get; init; } = 10;
}
