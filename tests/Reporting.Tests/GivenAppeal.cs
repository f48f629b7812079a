using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Tests;

/// <summary>Appeals to 12355 as their events make them, a minute from one to the next.</summary>
internal static class GivenAppeal
{
    public const string Operator = "operator-of-12355";
    public static readonly DivisionId Here = DivisionId.Parse("431003@2023"), There = DivisionId.Parse("431002@2023");
    public static readonly DateOnly Due = new(2026, 3, 9);

    public static AppealReceived Call(bool phone = true, Guid? child = null, Concerned? concerned = null, string digest = "d") => new(
        Here, null, child, AppealChannel.Phone, false, phone, phone, Given.Text.KeyId, Given.Text, Given.Text, concerned, digest, Given.Now, Given.Now.AddHours(-1), Operator);

    public static Appeal Received(bool phone = true, Guid? child = null, Concerned? concerned = null) => new Appeal(Guid.NewGuid()).With(Call(phone, child, concerned));

    public static Appeal With(this Appeal appeal, params IEnumerable<object> events) => events.Aggregate(appeal, (a, e) => a.After(e));

    public static DateTimeOffset Next(this Appeal appeal) => appeal.LastAt.AddMinutes(1);

    public static ClassifyAppeal As(this Appeal appeal, AppealClass @class, Guid? report = null, Guid? about = null, Concerned? concerned = null) =>
        new(@class, report, about, concerned, Due, appeal.Next(), Operator);

    public static HotlineOperator Platform(bool open) => new HotlineOperator(Guid.NewGuid()).After(new HotlineOperatorSet(There, "北湖区12355", open, Given.Found, Operator));

    /// <summary>One that stands where it is asked to, by allowed acts alone.</summary>
    public static Appeal At(AppealState state, AppealClass @class = AppealClass.Appeal, bool phone = true)
    {
        var appeal = Received(phone);
        if (state is AppealState.Received)
            return appeal;
        appeal = appeal.Do(AppealAct.Classify, @class);
        foreach (var act in state switch
        {
            AppealState.Classified => Array.Empty<AppealAct>(),
            AppealState.Assigned => [AppealAct.Assign],
            AppealState.Transferred => [AppealAct.Transfer],
            AppealState.InProgress => [AppealAct.Begin],
            AppealState.Answered => [AppealAct.Answer],
            AppealState.FollowedUp => [AppealAct.Answer, AppealAct.FollowUp],
            _ => phone && @class is not AppealClass.Report ? [AppealAct.Answer, AppealAct.FollowUp, AppealAct.Close] : [AppealAct.Answer, AppealAct.Close],
        })
            appeal = appeal.Do(act);
        return appeal;
    }

    /// <summary>The appeal after an act a minute later.</summary>
    public static Appeal Do(this Appeal appeal, AppealAct act, AppealClass @class = AppealClass.Appeal) => appeal.With(appeal.Decide(act, @class));

    public static List<object> Decide(this Appeal a, AppealAct act, AppealClass @class = AppealClass.Appeal) => (act switch
    {
        AppealAct.Classify => ClassifyAppeal.Decide(a.As(@class, @class is AppealClass.Report ? Guid.NewGuid() : null), a, null, null, Given.Now),
        AppealAct.BecomeReport => ClassifyAppeal.Decide(a.As(AppealClass.Report, Guid.NewGuid()), a, null, null, Given.Now),
        AppealAct.Join => ClassifyAppeal.Decide(Received().As(AppealClass.Update, about: a.Id) with { At = Given.Now }, Received(), a, null, Given.Now).ToList() is { Count: > 0 }
            ? ClassifyAppeal.Join(a.As(AppealClass.Update), Received()) : [],
        AppealAct.Assign => AssignAppeal.Decide(new(OwnerDepartment.CivilAffairs, a.Holder, null, a.Next(), Operator), a, Given.Now),
        AppealAct.Transfer => TransferAppeal.Decide(new(a.Holder == There ? Here : There, "北湖区", null, Given.Text, a.Next(), Operator), a, Platform(open: true), Given.Now),
        AppealAct.Begin => BeginAppeal.Decide(new(a.Next(), Operator), a, Given.Now),
        AppealAct.Help => RecordHelp.Decide(new(HotlineHelp.PsychologicalHelp, Given.Text, a.Next(), Operator), a, Given.Now),
        AppealAct.Answer => AnswerAppeal.Decide(new(Given.Text, a.Next(), Operator), a, Given.Now),
        AppealAct.FollowUp => FollowUpAppeal.Decide(new(FollowUpOutcome.Settled, Given.Text, a.Next(), Operator), a, Given.Now),
        AppealAct.Close => CloseAppeal.Decide(new(a.Next(), Operator), a, Given.Now),
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    }).ToList();

    /// <summary>One of each type of event.</summary>
    public static object[] EveryEvent(Guid child) =>
    [
        Call(child: child), new AppealClassified(AppealClass.Report, Guid.NewGuid(), null, child, [new("第一小学", null)], Due, Given.Now, Operator),
        new AppealAssigned(OwnerDepartment.Health, Here, "worker", Given.Now, Operator), new AppealTransferred(Here, There, null, Given.Text, Given.Now, Operator),
        new AppealBegun(Given.Now, Operator), new AppealHelpGiven(HotlineHelp.FamilyGuidance, Given.Text, Given.Now, Operator), new AppealAnswered(Given.Text, Given.Now, Operator),
        new AppealFollowedUp(FollowUpOutcome.NotReached, Given.Text, Given.Now, Operator), new AppealUpdated(Guid.NewGuid(), Given.Now, Operator), new AppealClosed(Given.Now, Operator),
        new AppealTextsErased(), new AppealStood(Received(child: child).Facts), new HotlineOperatorSet(Here, "苏仙区12355", true, Given.Now, Operator),
        new ReportUpdated(Guid.NewGuid(), Given.Text.KeyId, Given.Text, Given.Now),
    ];
}
