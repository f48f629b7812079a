namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>书面报告 to the county's education and the town, once the school's persuasion failed (政策篇四: 对劝返无效的，应书面报告区教育局和相关镇（街道）).</summary>
/// <param name="Told">Its request, which is the document's id, and the day that stands on it.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="Digest">Keyed digest of its text.</param>
public sealed record FileWrittenReport(ToldStep Told, string DocumentNo, string Digest)
{
    public static IEnumerable<IDropoutEvent> Decide(FileWrittenReport command, DropoutCase known) =>
        Recorded.Before(known, command.Told, DropoutAct.FileReport) ? []
        : [new WrittenReportFiled(known.Pupil, command.Told.Request, command.Told.On, command.DocumentNo, command.Digest, Recorded.Facts(known, command.Told, DropoutAct.FileReport))];
}
