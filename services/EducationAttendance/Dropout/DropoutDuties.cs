using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>One duty of a case while it stands at a step.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Level">Who owes it: of the school's village, its town or its county.</param>
/// <param name="Department">The department there; the town's government stands with civil affairs.</param>
/// <param name="Basis">What its time rests on.</param>
/// <param name="Citation">The rule, and whose the time is.</param>
/// <param name="SchoolDays">Until the end of the n-th school day (上课日); 0 where it has another clock.</param>
/// <param name="WorkingDays">Until the end of the n-th working day (工作日); 0 where it has another clock.</param>
public sealed record DropoutDuty(
    string Kind, DivisionLevel Level, OwnerDepartment Department, ObligationBasis Basis, string Citation, int SchoolDays = 0, int WorkingDays = 0)
{
    private static readonly TimeSpan ToldAbove = TimeSpan.FromHours(24);

    /// <summary>
    /// The rule for a time that begins now. Obligations know working days and not a county's school days, so the end of the n-th is worked out
    /// here; where the terms told do not reach so far, working days count in their place.
    /// </summary>
    public ObligationTerms From(DateTimeOffset startsAt, SchoolDays days)
    {
        var clock = SchoolDays == 0 ? Clock.WorkingDays(WorkingDays)
            : days.After(WorkCalendar.DayOf(startsAt), SchoolDays) is { } last ? Until(last, startsAt) : Clock.WorkingDays(SchoolDays);
        return new(Kind, Basis, Citation, clock) { EscalatesAfter = ToldAbove };
    }

    /// <summary>The rule for a time that ends with a day that an order names.</summary>
    public ObligationTerms Through(DateOnly day, DateTimeOffset startsAt) => new(Kind, Basis, Citation, Until(day, startsAt)) { EscalatesAfter = ToldAbove };

    private static Clock Until(DateOnly day, DateTimeOffset startsAt) => Clock.Natural(WorkCalendar.StartOf(day.AddDays(1)) - startsAt);
}

/// <summary>
/// What is owed at each step of a case. The policy asks for each and measures no time, so the times are the platform's and say so; an order to
/// attend names its own (义务教育法 §58). Overdue, the level above is told after 24 hours (platform default). Pure.
/// </summary>
public static class DropoutDuties
{
    private const string Ours = "平台默认：", Policy = "；政策篇四（及时了解无故旷课情况，落实辍学学生登记、劝返复学和书面报告制度）未规定期限";

    public static readonly DropoutDuty
        Contact = School("education.contactGuardian", "旷课次一上课日内联系监护人", 1),
        Visit = School("education.homeVisit", "联系监护人后一个上课日内家访", 1),
        Register = School("education.registerDropout", "疑似辍学后三个上课日内登记或复学", 3),
        Start = School("education.startPersuasion", "辍学登记后三个上课日内开始劝返", 3),
        Persuade = School("education.persuade", "劝返十个上课日内复学或认定劝返无效", 10),
        Report = School("education.writtenReport", "劝返无效后三个上课日内书面报告县（区）教育局和镇（街道）", 3),
        ByTown = new("education.townPersuasion", DivisionLevel.Town, OwnerDepartment.CivilAffairs, ObligationBasis.PlatformDefault,
            Ours + "收到书面报告后五个工作日内劝返；义务教育法 §13、政策篇四“依法采取措施劝返复学”未规定期限", WorkingDays: 5),
        Order = County("education.orderAttendance", ObligationBasis.PlatformDefault, Ours + "镇（街道）劝返后五个工作日内责令限期复学；义务教育法 §58 未规定期限", 5),
        Obey = County("education.returnByOrder", ObligationBasis.Law, "义务教育法 §58：责令限期改正，期限以责令文书为准"),
        Measures = County("education.legalMeasures", ObligationBasis.PlatformDefault, Ours + "限期届满后五个工作日内依法采取措施；义务教育法 §58 未规定期限", 5),
        BringBack = County("education.bringBack", ObligationBasis.PlatformDefault, Ours + "采取措施后二十个工作日内复学；义务教育法 §13 未规定期限", 20);

    public static IReadOnlyList<DropoutDuty> All { get; } = [Contact, Visit, Register, Start, Persuade, Report, ByTown, Order, Obey, Measures, BringBack];

    /// <summary>The duties that run in a state of the case.</summary>
    public static IEnumerable<DropoutDuty> Of(DropoutCase known)
    {
        if (!known.IsOpen)
            return [];
        return known.Step switch
        {
            DropoutStep.DropoutRegistered => [Start],
            DropoutStep.PersuasionStarted => [Persuade],
            DropoutStep.PersuasionFailed => [Report],
            DropoutStep.WrittenReportFiled => [ByTown],
            DropoutStep.TownPersuasion => [Order],
            DropoutStep.AttendanceOrdered => [Obey, Measures],
            DropoutStep.LegalMeasures => [BringBack],
            _ => BeforeRegistered(known),
        };
    }

    /// <summary>Whether what happened does a duty, or lets it go.</summary>
    public static bool Fulfils(IDropoutEvent @event, DropoutDuty duty) => @event switch
    {
        GuardianContacted => duty == Contact,
        HomeVisited => duty == Visit,
        DropoutRegistered or DropoutRegisteredByRoll => duty == Register,
        PersuasionStarted => duty == Start,
        PersuasionFailed => duty == Persuade,
        WrittenReportFiled => duty == Report,
        TownPersuaded => duty == ByTown,
        AttendanceOrdered => duty == Order,
        LegalMeasuresTaken => duty == Measures,
        // Whoever is back was persuaded, obeyed the order, or was brought back.
        PupilCameBack or ReturnRecorded => duty == Register || duty == Persuade || duty == Obey || duty == BringBack,
        _ => false,
    };

    /// <summary>Why a duty is let go; names nobody.</summary>
    public static string ReasonOf(IDropoutEvent @event) => @event switch
    {
        PupilCameBack or ReturnRecorded => "学生已复学",
        SuspicionWithdrawn or DropoutCaseEnded { After.Ended: DropoutEnd.NoLongerUnexcused } => "考勤已更正",
        DropoutCaseEnded { After.Ended: DropoutEnd.AttendedAgain } => "已到校上课",
        DropoutCaseEnded => "学籍变动，个案结束",
        DropoutRegisteredByRoll => "学籍系统已登记辍学",
        _ => "进入下一环节，不再适用",
    };

    private static IEnumerable<DropoutDuty> BeforeRegistered(DropoutCase known)
    {
        if (!known.Contacted)
            yield return Contact;
        if (!known.Visited && (known.Contacted || known.Step is DropoutStep.DropoutSuspected))
            yield return Visit;
        if (known.Step is DropoutStep.DropoutSuspected)
            yield return Register;
    }

    private static DropoutDuty School(string kind, string rule, int days) =>
        new(kind, DivisionLevel.Village, OwnerDepartment.Education, ObligationBasis.PlatformDefault, Ours + rule + Policy, SchoolDays: days);

    private static DropoutDuty County(string kind, ObligationBasis basis, string citation, int days = 0) =>
        new(kind, DivisionLevel.County, OwnerDepartment.Education, basis, citation, WorkingDays: days);
}
