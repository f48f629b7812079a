using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Tests.Dropout;

/// <summary>The table of steps, and that the deciders keep to it: each allowed pair of act and step, and each that is not.</summary>
public class TransitionsTests
{
    public static TheoryData<DropoutAct, DropoutStep?> Allowed => Pairs(allowed: true);

    public static TheoryData<DropoutAct, DropoutStep?> Forbidden => Pairs(allowed: false);

    [Theory, MemberData(nameof(Forbidden))]
    public void What_is_not_in_the_table_is_rejected_and_says_what_is_missing(DropoutAct act, DropoutStep? step)
    {
        var known = Cases.At(step);
        var why = Cases.Why(() => Cases.Asks[act](known, Cases.Told(Cases.Late)));
        Assert.Equal(Transitions.All.Single(t => t.Act == act).Missing, why);
    }

    [Theory, MemberData(nameof(Allowed))]
    public void What_is_in_the_table_leads_where_it_says_or_asks_for_what_comes_before(DropoutAct act, DropoutStep? step)
    {
        var known = Cases.At(step);
        if ((act is DropoutAct.VisitHome && !known.Contacted) || (act is DropoutAct.Register && !(known.Contacted && known.Visited)))
        {
            Assert.StartsWith("no ", Cases.Why(() => Cases.Asks[act](known, Cases.Told(Cases.Late))), StringComparison.Ordinal);
            return;
        }
        var after = known.Asked(act, Cases.Late);
        Assert.Equal((Transitions.Next(act, step), known.Version + 1), (after.Step!.Value, after.Version));
    }

    [Fact]
    public void Every_act_has_a_row_and_every_step_an_act_that_leads_to_it()
    {
        Assert.Equal(Enum.GetValues<DropoutAct>().Order(), Transitions.All.Select(t => t.Act).Order());
        Assert.Equal(Enum.GetValues<DropoutStep>(), Transitions.All.Select(t => t.To).Distinct().Order());
        Assert.All(Enum.GetValues<DropoutStep>(), step => Assert.Equal(step, Cases.At(step).Step));
        Assert.Equal(Cases.Asks.Keys.Order(), Transitions.All.Where(t => t.Missing is not null).Select(t => t.Act).Order());
    }

    [Fact]
    public void Asking_late_takes_back_no_step_that_was_reached()
    {
        var suspected = Cases.New.Attending(Cases.Absent(Cases.ThirdDay, 3, Cases.Thursday));
        var asked = suspected.Asked(DropoutAct.Contact, Cases.ThirdDay).Asked(DropoutAct.VisitHome, Cases.ThirdDay);
        Assert.Equal((DropoutStep.DropoutSuspected, Cases.ThirdDay, true, true), (asked.Step!.Value, asked.Facts!.Since, asked.Contacted, asked.Visited));
    }

    [Fact]
    public void A_request_told_again_changes_nothing_and_of_another_step_it_is_refused()
    {
        foreach (var (act, ask) in Cases.Asks)
        {
            var known = Cases.At(Transitions.All.Single(t => t.Act == act).From.Where(s => s is not (DropoutStep.UnexcusedAbsenceDetected or DropoutStep.GuardianContacted)).DefaultIfEmpty(DropoutStep.HomeVisited).First());
            var told = Cases.Told(Cases.Late);
            var after = ask(known, told).Aggregate(known, (c, e) => c.After(e));
            Assert.Empty(ask(after, told));
            foreach (var other in Cases.Asks.Where(o => o.Key != act))
                Assert.StartsWith("request_id: ", Cases.Why(() => other.Value(after, told)), StringComparison.Ordinal);
        }
    }

    private static TheoryData<DropoutAct, DropoutStep?> Pairs(bool allowed)
    {
        var data = new TheoryData<DropoutAct, DropoutStep?>();
        foreach (var act in Cases.Asks.Keys)
            foreach (var step in Cases.Steps.Where(s => Transitions.Allows(act, s) == allowed))
                data.Add(act, step);
        return data;
    }
}
