using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>A case as it is answered; notes stay closed unless they are given.</summary>
internal static class DropoutAnswer
{
    public static V1.DropoutCase Of(DropoutCase known, DivisionTree tree, SchoolDays? days = null, Func<IRecordedStep, string>? noteOf = null) => known.Facts is not { } facts ? new() : new()
    {
        PupilId = known.Pupil.ToString(), Version = known.Version, Step = (V1.DropoutStep)facts.Step, Since = TermText.Written(facts.Since),
        AbsentSince = known.AbsentSince is { } since ? TermText.Written(since) : "", Relapses = facts.Relapses, EndedBecause = facts.Ended?.ToString() ?? "",
        MonitoredUntil = facts.Step is DropoutStep.Returned && days?.After(facts.Since, FollowAbsence.MonitoredDays) is { } until ? TermText.Written(until) : "",
        DivisionCode = tree.Code(known.School).ToString(), SchoolNo = known.SchoolNo,
        Steps = { days is null ? [] : known.Record.Select(step => Shown(step, noteOf?.Invoke(step) ?? "")) },
    };

    private static V1.RecordedStep Shown(IRecordedStep step, string note) => new()
    {
        Step = step.GetType().Name, On = TermText.Written(step.On), Note = note,
        Outcome = step switch
        {
            GuardianContacted c => c.Outcome.ToString(),
            HomeVisited v => v.Outcome.ToString(),
            LegalMeasuresTaken m => m.Measure.ToString(),
            _ => "",
        },
        DocumentNo = step switch
        {
            WrittenReportFiled r => r.DocumentNo,
            AttendanceOrdered o => o.DocumentNo,
            LegalMeasuresTaken m => m.DocumentNo,
            _ => "",
        },
        ReturnBy = step is AttendanceOrdered order ? TermText.Written(order.ReturnBy) : "",
    };
}
