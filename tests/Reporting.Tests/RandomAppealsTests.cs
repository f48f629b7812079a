using CsCheck;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Hotline;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>Whatever is commanded in whatever order: no appeal goes, no hop is lost, and none closes without what is required.</summary>
public class RandomAppealsTests
{
    private static readonly Gen<(int Act, int Appeal, int Other, int Word)[]> Commands = Gen.Select(Gen.Int[0, 11], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 5]).Array[40, 200];

    [Fact]
    public void No_sequence_of_commands_loses_an_appeal_or_a_hop_or_closes_without_what_is_required()
    {
        var (closed, hops, joined, reports) = (0, 0, 0, 0);
        // Each of these is met a hundred times or more, so thirty times whatever is drawn.
        Commands.Sample(commands =>
        {
            var appeals = new List<Appeal>();
            foreach (var command in commands)
            {
                var before = appeals.ToList();
                Take(appeals, command);
                Assert.True(appeals.Count >= before.Count);
                foreach (var (was, now) in before.Zip(appeals))
                {
                    Assert.True(now.Exists && now.Id == was.Id && now.LastAt >= was.LastAt && now.Received == was.Received);
                    Assert.True(was.Hops.Select(h => h.Transfer).SequenceEqual(now.Hops.Take(was.Hops.Count).Select(h => h.Transfer)));
                    Assert.True(was.Help.SequenceEqual(now.Help.Take(was.Help.Count)) && was.Answers.SequenceEqual(now.Answers.Take(was.Answers.Count)) && was.Updates.All(now.Updates.Contains));
                    Assert.True(now.Report == was.Report || was.Report is null);
                    Assert.True(was.State is not AppealState.Closed || now with { Version = 0 } == was with { Version = 0 });
                }
                foreach (var appeal in appeals)
                    RequireWhole(appeal);
            }
            Interlocked.Add(ref closed, appeals.Count(a => a.State is AppealState.Closed && a.Class is AppealClass.Appeal));
            Interlocked.Add(ref hops, appeals.Sum(a => a.Hops.Count));
            Interlocked.Add(ref joined, appeals.Count(a => a.JoinedAppeal is not null));
            Interlocked.Add(ref reports, appeals.Count(a => a.Class is AppealClass.Report));
        }, iter: 1000);
        Assert.True(closed > 30 && hops > 30 && joined > 30 && reports > 30, $"Closed {closed}, hops {hops}, joined {joined}, reports {reports}.");
    }

    /// <summary>What a closed appeal has, and each one of its hops, written down once more.</summary>
    private static void RequireWhole(Appeal appeal)
    {
        for (var i = 1; i < appeal.Hops.Count; i++)
            Assert.True(appeal.Hops[i].Transfer.From == appeal.Hops[i - 1].Transfer.To && appeal.Hops[i].Transfer.At >= appeal.Hops[i - 1].Transfer.At);
        Assert.Equal(appeal.Hops.Count > 0 ? appeal.Hops[^1].Transfer.To : appeal.Received!.Holder, appeal.Holder);
        if (appeal.State is not AppealState.Closed)
            return;
        Assert.NotNull(appeal.Class);
        if (appeal.Class is AppealClass.Report or AppealClass.Appeal or AppealClass.Consultation)
            Assert.NotEmpty(appeal.Answers);
        if (appeal.Class is AppealClass.Appeal or AppealClass.Consultation && appeal.Received!.CanBeCalled)
            Assert.True(appeal.FollowUps is [.., { Outcome: FollowUpOutcome.Settled }] or [.., { Outcome: FollowUpOutcome.NotReached }, { Outcome: FollowUpOutcome.NotReached }, { Outcome: FollowUpOutcome.NotReached }]);
        Assert.True(appeal.Class is not AppealClass.Update || appeal.JoinedAppeal is not null);
        Assert.True(appeal.Class is not AppealClass.Report || appeal.Report is not null);
    }

    private static void Take(List<Appeal> appeals, (int Act, int Appeal, int Other, int Word) c)
    {
        if (c.Act > 9 || appeals.Count == 0)
        {
            appeals.Add(GivenAppeal.Received(phone: c.Word % 2 == 0));
            return;
        }
        var (at, other) = (c.Appeal % appeals.Count, c.Other % appeals.Count);
        var appeal = appeals[at];
        try
        {
            switch ((AppealAct)c.Act)
            {
                case AppealAct.Join:
                    var command = appeal.As(AppealClass.Update, about: appeals[other].Id);
                    var events = ClassifyAppeal.Decide(command, appeal, appeals[other], null, Given.Now).ToList();
                    appeals[at] = appeal.With(events);
                    if (events.Count > 0)
                        appeals[other] = appeals[other].With(ClassifyAppeal.Join(command, appeal));
                    break;
                // One in six, or all would be reports in the end.
                case AppealAct.BecomeReport when c.Word > 0:
                    break;
                case AppealAct.FollowUp:
                    appeals[at] = appeal.With(FollowUpAppeal.Decide(new((FollowUpOutcome)(c.Word % 3 + 1), Given.Text, appeal.Next(), GivenAppeal.Operator), appeal, Given.Now));
                    break;
                case AppealAct.Classify:
                    // An update is told of something, by the case above.
                    appeals[at] = appeal.Do(AppealAct.Classify, (AppealClass)(c.Word + 1) is var named && named is AppealClass.Update ? AppealClass.Appeal : named);
                    break;
                case var act:
                    appeals[at] = appeal.Do(act);
                    break;
            }
        }
        catch (RejectedException)
        {
            // refused: nothing happened
        }
    }
}
