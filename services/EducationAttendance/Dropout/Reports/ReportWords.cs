namespace LeftBehind.EducationAttendance.Dropout.Reports;

/// <summary>What was done, in the words of a written report. Pure.</summary>
public static class ReportWords
{
    public static string Of(IRecordedStep step) => step switch
    {
        GuardianContacted { Outcome: ContactOutcome.Reached } => "联系监护人，已联系上",
        GuardianContacted => "联系监护人，未联系上",
        HomeVisited { Outcome: VisitOutcome.GuardianMet } => "家访，见到监护人",
        HomeVisited { Outcome: VisitOutcome.ChildMetAlone } => "家访，见到学生，未见到监护人",
        HomeVisited => "家访，学生和监护人均联系不上，已作为疑似失踪上报",
        DropoutRegistered => "辍学登记",
        PersuasionStarted => "开始劝返",
        PersuasionFailed => "劝返无效",
        _ => throw new InvalidOperationException($"{step.GetType().Name} comes after the report."),
    };

    public static string Of(Contracts.Registry.Sex sex) => sex switch
    {
        Contracts.Registry.Sex.Male => "男",
        Contracts.Registry.Sex.Female => "女",
        _ => "",
    };
}
