using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Hotline;

/// <summary>On a report: a call to 12355 that told more of it. The words stay sealed under their own key, and go with the report's.</summary>
[Contracts.StoredName("report_updated")]
public sealed record ReportUpdated(Guid Appeal, Guid TextKey, Sealing.Sealed Words, DateTimeOffset At);

/// <summary>Receives an appeal.</summary>
public static class ReceiveAppeal
{
    /// <summary>The event comes ready made, with what is sealed of it; none for a repeat of the same request.</summary>
    public static IEnumerable<object> Decide(AppealReceived received, Appeal appeal, DateTimeOffset now)
    {
        if (appeal.Received is { } before)
            return before.Digest == received.Digest ? [] : throw new RejectedException("The request_id was used for an appeal of another content.");
        return received.At > now ? throw new RejectedException("The call lies in the future.") : [received];
    }
}

/// <summary>Says what an appeal is. What it makes or joins is decided with it.</summary>
/// <param name="Class">As what.</param>
/// <param name="Report">Of a report, the one it makes; of an update, the one it is about.</param>
/// <param name="About">Of an update, the appeal it is about.</param>
/// <param name="Concerned">Whom the report that it makes concerns.</param>
/// <param name="AnswerDueOn">The last day in time for an answer, if one will be owed.</param>
public sealed record ClassifyAppeal(AppealClass Class, Guid? Report, Guid? About, Concerned? Concerned, DateOnly AnswerDueOn, DateTimeOffset At, string By)
{
    public static IEnumerable<object> Decide(ClassifyAppeal command, Appeal appeal, Appeal? about, Report? aboutReport, DateTimeOffset now)
    {
        if (appeal.Class == command.Class && appeal.Report == command.Report && appeal.JoinedAppeal == command.About)
            return [];
        // What turns out to be harm is reported, however far it has come; nothing else is said twice.
        if (appeal.Class is not null && command.Class is not AppealClass.Report)
            throw new RejectedException($"The appeal was classified as {appeal.Class}.");
        AppealTable.Require(appeal, appeal.Class is null ? AppealAct.Classify : AppealAct.BecomeReport, command.At, now);
        var classified = new AppealClassified(
            command.Class, command.Report, command.About, appeal.Child ?? about?.Child ?? aboutReport?.Case.Child, WhomItConcerns(command, about, aboutReport),
            command.Class is AppealClass.Appeal or AppealClass.Consultation ? command.AnswerDueOn : null, command.At, command.By);
        return command.Class switch
        {
            AppealClass.Report or AppealClass.Appeal or AppealClass.Consultation => [classified],
            AppealClass.Update when IsOpen(appeal, about, aboutReport) => [classified, new AppealClosed(command.At, command.By)],
            AppealClass.Update => throw new RejectedException("What it is about is closed, or no case of its own; it is an appeal or a report of its own."),
            _ => [classified, new AppealClosed(command.At, command.By)],
        };
    }

    /// <summary>Events of the appeal that an update joins.</summary>
    public static IEnumerable<object> Join(ClassifyAppeal command, Appeal update) => [new AppealUpdated(update.Id, command.At, command.By)];

    /// <summary>Events of the report that an update joins.</summary>
    public static IEnumerable<object> JoinReport(ClassifyAppeal command, Appeal update) =>
        [new ReportUpdated(update.Id, update.Received!.TextKey, update.Received.Words, command.At)];

    private static bool IsOpen(Appeal update, Appeal? about, Report? aboutReport) =>
        about is not null ? about.Id != update.Id && AppealTable.Allows(about, AppealAct.Join) : aboutReport is { IsOpenCase: true };

    private static List<Concerned> WhomItConcerns(ClassifyAppeal command, Appeal? about, Report? aboutReport) =>
        [.. command.Concerned is { } c ? new[] { c } : [], .. about?.Concerns ?? [], .. aboutReport?.Concerns ?? []];
}
