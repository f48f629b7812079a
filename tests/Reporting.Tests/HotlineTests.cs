using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Reports;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>An appeal to 12355: Received → Classified → Assigned or Transferred → InProgress → Answered → FollowedUp → Closed.</summary>
public class HotlineTests
{
    public static TheoryData<AppealState, AppealAct, AppealClass> EveryAct =>
        [.. from state in Enum.GetValues<AppealState>()
            from act in Enum.GetValues<AppealAct>()
            from @class in new[] { AppealClass.Appeal, AppealClass.Report }
            where @class is AppealClass.Appeal || (state is not (AppealState.Received or AppealState.Assigned or AppealState.Transferred or AppealState.FollowedUp))
            // Said at first to be a report, it was classified so.
            where (state, act) is not (AppealState.Received, AppealAct.BecomeReport)
            select (state, act, @class)];

    /// <summary>What the table allows happens, and all else is refused and changes nothing.</summary>
    [Theory, MemberData(nameof(EveryAct))]
    public void Only_what_the_table_allows_happens(AppealState state, AppealAct act, AppealClass @class)
    {
        var appeal = GivenAppeal.At(state, @class);
        Assert.Equal(state, appeal.State);
        // A close or a follow-up that the state allows may still lack something: told by the tests below.
        if (act is AppealAct.Close && appeal.OwesFollowUp || act is AppealAct.FollowUp && @class is AppealClass.Report)
            Assert.Throws<RejectedException>(() => appeal.Decide(act, AppealClass.Consultation));
        else if (AppealTable.Allows(appeal, act))
            Assert.NotEmpty(appeal.Decide(act, AppealClass.Consultation));
        else if (state is AppealState.Closed && act is AppealAct.Close)
            Assert.Empty(appeal.Decide(act, AppealClass.Consultation));
        else
            Assert.Throws<RejectedException>(() => appeal.Decide(act, AppealClass.Consultation));
    }

    [Fact]
    public void Every_state_has_a_row_and_a_closed_appeal_allows_nothing()
    {
        Assert.Equal(Enum.GetValues<AppealState>(), AppealTable.Allowed.Keys.Order());
        Assert.Empty(AppealTable.Allowed[AppealState.Closed]);
    }

    [Fact]
    public void A_call_is_received_once_and_not_in_the_future()
    {
        var received = GivenAppeal.Received();
        Assert.Empty(ReceiveAppeal.Decide(GivenAppeal.Call(), received, Given.Now));
        Assert.Throws<RejectedException>(() => ReceiveAppeal.Decide(GivenAppeal.Call(digest: "other"), received, Given.Now));
        Assert.Throws<RejectedException>(() => ReceiveAppeal.Decide(GivenAppeal.Call() with { At = Given.Now.AddMinutes(1) }, new(Guid.NewGuid()), Given.Now));
    }

    [Theory]
    [InlineData(AppealClass.Spam)]
    [InlineData(AppealClass.WrongNumber)]
    public void Spam_and_wrong_numbers_are_counted_and_closed(AppealClass @class)
    {
        var appeal = GivenAppeal.Received().Do(AppealAct.Classify, @class);
        Assert.Equal((@class, AppealState.Closed), (appeal.Class, appeal.Facts.State));
        Assert.Empty(AppealDuties.Owed(appeal));
    }

    [Fact]
    public void A_report_is_made_once_and_what_turns_out_to_be_harm_becomes_one_later()
    {
        var report = Guid.NewGuid();
        var called = GivenAppeal.Received(concerned: new("school-7", null));
        var reported = called.With(ClassifyAppeal.Decide(called.As(AppealClass.Report, report, concerned: new(null, "officer-9")), called, null, null, Given.Now));
        Assert.Equal((report, true, true), (reported.Report, reported.IsKeptByReport, reported.Facts.Shielded));
        Assert.Equal(2, reported.Concerns.Count);
        Assert.Empty(ClassifyAppeal.Decide(reported.As(AppealClass.Report, report), reported, null, null, Given.Now));
        Assert.Throws<RejectedException>(() => ClassifyAppeal.Decide(reported.As(AppealClass.Report, Guid.NewGuid()), reported, null, null, Given.Now).ToList());
        foreach (var state in new[] { AppealState.Classified, AppealState.Assigned, AppealState.Transferred, AppealState.InProgress, AppealState.Answered, AppealState.FollowedUp })
        {
            var later = GivenAppeal.At(state).Do(AppealAct.BecomeReport);
            Assert.Equal((state, AppealClass.Report, true), (later.State, later.Class, later.IsKeptByReport));
        }
        var appeal = GivenAppeal.At(AppealState.Classified);
        Assert.Throws<RejectedException>(() => ClassifyAppeal.Decide(appeal.As(AppealClass.Spam), appeal, null, null, Given.Now));
    }

    [Fact]
    public void An_update_joins_the_appeal_or_report_it_is_about_and_is_closed()
    {
        var (update, about) = (GivenAppeal.Received(), GivenAppeal.At(AppealState.InProgress) with { Child = Given.Child });
        var joined = update.With(ClassifyAppeal.Decide(update.As(AppealClass.Update, about: about.Id), update, about, null, Given.Now));
        Assert.Equal((AppealState.Closed, about.Id, Given.Child), (joined.State, joined.JoinedAppeal, joined.Child));
        Assert.Equal([update.Id], about.With(ClassifyAppeal.Join(update.As(AppealClass.Update), update)).Updates);

        var report = Given.Received(Situation.Missing);
        var told = update.With(ClassifyAppeal.Decide(update.As(AppealClass.Update, report.Id), update, null, report, Given.Now));
        Assert.Equal((AppealState.Closed, report.Id, true), (told.State, told.Report, told.IsKeptByReport));
        Assert.Equal([update.Id], Given.After(report, _ => ClassifyAppeal.JoinReport(update.As(AppealClass.Update), update)).Updates.Select(u => u.Appeal));

        var closed = GivenAppeal.At(AppealState.Closed);
        Assert.Throws<RejectedException>(() => ClassifyAppeal.Decide(update.As(AppealClass.Update, about: closed.Id), update, closed, null, Given.Now));
        Assert.Throws<RejectedException>(() => ClassifyAppeal.Decide(update.As(AppealClass.Update, about: update.Id), update, update, null, Given.Now));
        var concluded = report.After(new ReportConcluded(Guid.NewGuid()));
        Assert.Throws<RejectedException>(() => ClassifyAppeal.Decide(update.As(AppealClass.Update, report.Id), update, null, concluded, Given.Now));
    }

    [Fact]
    public void A_transfer_keeps_the_id_and_every_hop_and_a_closed_platform_is_refused_with_a_clear_answer()
    {
        var appeal = GivenAppeal.At(AppealState.Classified);
        foreach (var (receiver, words) in new[] { (GivenAppeal.Platform(open: false), "is closed"), (new HotlineOperator(Guid.NewGuid()), "has no 12355 platform") })
            Assert.Contains(words, Assert.Throws<RejectedException>(() => TransferAppeal.Decide(Transfer(appeal, GivenAppeal.There), appeal, receiver, Given.Now)).Message, StringComparison.Ordinal);
        Assert.Throws<RejectedException>(() => TransferAppeal.Decide(Transfer(appeal, GivenAppeal.Here), appeal, GivenAppeal.Platform(true), Given.Now));

        var first = Transfer(appeal, GivenAppeal.There, GivenAppeal.There);
        var there = appeal.With(TransferAppeal.Decide(first, appeal, GivenAppeal.Platform(true), Given.Now));
        Assert.Equal((appeal.Id, GivenAppeal.There, GivenAppeal.There, null), (there.Id, there.Holder, there.Division, there.Hops.Single().TakenUpAt));
        Assert.Empty(TransferAppeal.Decide(first, there, GivenAppeal.Platform(open: false), Given.Now));
        var begun = there.Do(AppealAct.Begin);
        Assert.Equal(begun.LastAt, begun.Hops.Single().TakenUpAt);
        var back = begun.Do(AppealAct.Transfer);
        Assert.Equal([(GivenAppeal.Here, GivenAppeal.There), (GivenAppeal.There, GivenAppeal.Here)], back.Hops.Select(h => (h.Transfer.From, h.Transfer.To)));
        Assert.Equal((GivenAppeal.There, 2), (back.Division, back.Facts.Hops));
    }

    [Fact]
    public void It_closes_answered_and_followed_up_where_the_caller_can_be_called_and_it_is_no_report()
    {
        var answered = GivenAppeal.At(AppealState.Answered);
        Assert.Contains("follow-up", Assert.Throws<RejectedException>(() => answered.Decide(AppealAct.Close)).Message, StringComparison.Ordinal);
        Assert.Equal(AppealState.Closed, answered.Do(AppealAct.FollowUp).Do(AppealAct.Close).State);
        Assert.Equal(AppealState.Closed, GivenAppeal.At(AppealState.Answered, phone: false).Do(AppealAct.Close).State);
        Assert.Equal(AppealState.Closed, GivenAppeal.At(AppealState.Answered, AppealClass.Report).Do(AppealAct.Close).State);
        Assert.Throws<RejectedException>(() => GivenAppeal.At(AppealState.Answered, phone: false).Decide(AppealAct.FollowUp));
    }

    [Fact]
    public void A_follow_up_that_finds_it_unsettled_takes_it_up_again_and_three_calls_that_reach_nobody_are_enough()
    {
        var again = Called(GivenAppeal.At(AppealState.Answered), FollowUpOutcome.Unsettled);
        Assert.Equal((AppealState.InProgress, true, again.LastAt), (again.State, again.OwesAnswer, again.OwedFrom));
        var answered = again.Do(AppealAct.Answer);
        var missed = Called(Called(answered, FollowUpOutcome.NotReached), FollowUpOutcome.NotReached);
        Assert.Equal(AppealState.Answered, missed.State);
        Assert.Equal(AppealState.FollowedUp, Called(missed, FollowUpOutcome.NotReached).State);
    }

    [Fact]
    public void Nothing_is_recorded_before_what_was_recorded_last_nor_in_the_future_and_the_same_again_changes_nothing()
    {
        var appeal = GivenAppeal.At(AppealState.InProgress);
        foreach (var at in new[] { appeal.LastAt.AddMinutes(-1), Given.Now.AddMinutes(1) })
            Assert.Throws<RejectedException>(() => AnswerAppeal.Decide(new(Given.Text, at, GivenAppeal.Operator), appeal, Given.Now));
        var begun = appeal.Begun.Single();
        Assert.Empty(BeginAppeal.Decide(new(begun, "another"), appeal, Given.Now));
        var helped = appeal.Do(AppealAct.Help).Do(AppealAct.Help);
        Assert.Equal(2, helped.Facts.Helped.Count);
        Assert.Empty(RecordHelp.Decide(helped.Help[0] with { By = "another" }, helped, Given.Now));
        Assert.Empty(AnswerAppeal.Decide(new(Given.Text, helped.Next(), "another"), helped.Do(AppealAct.Answer), Given.Now));
    }

    [Fact]
    public void It_is_owed_to_be_classified_at_once_answered_and_followed_up_and_a_transfer_hands_the_clock_on()
    {
        var (received, classified) = (GivenAppeal.Received(), GivenAppeal.At(AppealState.Classified));
        Assert.Equal([(AppealDuties.Classify, "once", received.Received!.At)], AppealDuties.Owed(received));
        Assert.Equal([(AppealDuties.Answer, "0/0", classified.LastAt)], AppealDuties.Owed(classified));
        var moved = classified.Do(AppealAct.Transfer);
        Assert.Equal([(AppealDuties.Answer, "0/1", classified.LastAt)], AppealDuties.Owed(moved));
        Assert.NotNull(AppealDuties.LetGo(AppealDuties.Answer, classified, moved));
        var answered = classified.Do(AppealAct.Answer);
        Assert.Equal([(AppealDuties.FollowUp, "1", answered.LastAt)], AppealDuties.Owed(answered));
        Assert.Null(AppealDuties.LetGo(AppealDuties.Answer, classified, answered));
        Assert.NotNull(AppealDuties.LetGo(AppealDuties.FollowUp, answered, answered.Do(AppealAct.BecomeReport)));
        Assert.Empty(AppealDuties.Owed(answered.Do(AppealAct.FollowUp)));
        Assert.Empty(AppealDuties.Owed(GivenAppeal.At(AppealState.Classified, AppealClass.Report)));
    }

    [Fact]
    public void The_words_go_with_the_childs_erasure_once()
    {
        var appeal = GivenAppeal.Received(child: Given.Child);
        Assert.Single(EraseAppealTexts.Decide(appeal, Given.Now));
        Assert.Empty(EraseAppealTexts.Decide(appeal, Given.Now.AddMinutes(-1)));
        Assert.Empty(EraseAppealTexts.Decide(appeal.With(new AppealTextsErased()), Given.Now));
    }

    private static Appeal Called(Appeal appeal, FollowUpOutcome outcome) =>
        appeal.With(FollowUpAppeal.Decide(new(outcome, Given.Text, appeal.Next(), GivenAppeal.Operator), appeal, Given.Now));

    private static TransferAppeal Transfer(Appeal appeal, DivisionId to, DivisionId? place = null) => new(to, "北湖区", place, Given.Text, appeal.Next(), GivenAppeal.Operator);
}
