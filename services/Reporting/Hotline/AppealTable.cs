using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;

namespace LeftBehind.Reporting.Hotline;

/// <summary>What may be done with an appeal.</summary>
public enum AppealAct { Classify, BecomeReport, Join, Assign, Transfer, Begin, Help, Answer, FollowUp, Close }

/// <summary>Which acts each state allows; whatever does not stand here is refused.</summary>
public static class AppealTable
{
    public static IReadOnlyDictionary<AppealState, AppealAct[]> Allowed { get; } = new Dictionary<AppealState, AppealAct[]>
    {
        [AppealState.Received] = [AppealAct.Classify, AppealAct.Join],
        [AppealState.Classified] = [AppealAct.BecomeReport, AppealAct.Join, AppealAct.Assign, AppealAct.Transfer, AppealAct.Begin, AppealAct.Help, AppealAct.Answer],
        [AppealState.Assigned] = [AppealAct.BecomeReport, AppealAct.Join, AppealAct.Assign, AppealAct.Transfer, AppealAct.Begin, AppealAct.Help],
        [AppealState.Transferred] = [AppealAct.BecomeReport, AppealAct.Join, AppealAct.Assign, AppealAct.Transfer, AppealAct.Begin, AppealAct.Help],
        [AppealState.InProgress] = [AppealAct.BecomeReport, AppealAct.Join, AppealAct.Assign, AppealAct.Transfer, AppealAct.Help, AppealAct.Answer],
        [AppealState.Answered] = [AppealAct.BecomeReport, AppealAct.Join, AppealAct.Help, AppealAct.FollowUp, AppealAct.Close],
        [AppealState.FollowedUp] = [AppealAct.BecomeReport, AppealAct.Join, AppealAct.Help, AppealAct.Close],
        [AppealState.Closed] = [],
    };

    /// <summary>A report goes its own way to whoever is competent: nothing of it is handed on here.</summary>
    private static readonly AppealAct[] NotOfReports = [AppealAct.BecomeReport, AppealAct.Assign, AppealAct.Transfer];

    public static bool Allows(Appeal appeal, AppealAct act) =>
        appeal.Exists && Allowed[appeal.State].Contains(act) && !(appeal.Class is AppealClass.Report && NotOfReports.Contains(act));

    /// <summary>The act is allowed, by a time that is neither ahead nor before what was recorded last.</summary>
    public static void Require(Appeal appeal, AppealAct act, DateTimeOffset at, DateTimeOffset now)
    {
        if (!Allows(appeal, act))
            throw new RejectedException($"The appeal is {(appeal.Class is AppealClass.Report ? $"a report and {appeal.State}" : appeal.State)}; it allows no {act}.");
        if (at > now || at < appeal.LastAt)
            throw new RejectedException("The time lies in the future or before what was recorded last.");
    }
}
