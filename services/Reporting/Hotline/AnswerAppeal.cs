using LeftBehind.EventLog;

namespace LeftBehind.Reporting.Hotline;

/// <summary>Records help beside the answer. The event comes ready made, as all here do.</summary>
public static class RecordHelp
{
    public static IEnumerable<object> Decide(AppealHelpGiven given, Appeal appeal, DateTimeOffset now)
    {
        if (appeal.Help.Any(h => h.Help == given.Help && h.At == given.At))
            return [];
        AppealTable.Require(appeal, AppealAct.Help, given.At, now);
        return [given];
    }
}

/// <summary>Records an answer; after a follow-up that found it unsettled, another one.</summary>
public static class AnswerAppeal
{
    public static IEnumerable<object> Decide(AppealAnswered answered, Appeal appeal, DateTimeOffset now)
    {
        if (appeal.Answers.Any(a => a.At == answered.At))
            return [];
        AppealTable.Require(appeal, AppealAct.Answer, answered.At, now);
        return [answered];
    }
}

/// <summary>Records a follow-up call (回访).</summary>
public static class FollowUpAppeal
{
    public static IEnumerable<object> Decide(AppealFollowedUp call, Appeal appeal, DateTimeOffset now)
    {
        if (appeal.FollowUps.Find(f => f.At == call.At) is { } before)
            return before.Outcome == call.Outcome ? [] : throw new RejectedException("The call at that time found something else.");
        AppealTable.Require(appeal, AppealAct.FollowUp, call.At, now);
        return appeal.OwesFollowUp ? [call] : throw new RejectedException("Nobody can be called: no phone was told, or a report keeps it.");
    }
}

/// <summary>Closes an appeal with everything that is required.</summary>
public static class CloseAppeal
{
    public static IEnumerable<object> Decide(AppealClosed closed, Appeal appeal, DateTimeOffset now)
    {
        if (appeal.ClosedAt is not null)
            return [];
        AppealTable.Require(appeal, AppealAct.Close, closed.At, now);
        return appeal.OwesFollowUp ? throw new RejectedException("The appeal cannot close; missing: a follow-up call.") : [closed];
    }
}
