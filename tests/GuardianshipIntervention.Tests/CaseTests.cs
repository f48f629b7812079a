using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using Xunit;
using CaseOpened = LeftBehind.GuardianshipIntervention.Cases.CaseOpened;
using StepRecorded = LeftBehind.GuardianshipIntervention.Cases.StepRecorded;

namespace LeftBehind.GuardianshipIntervention.Tests;

public class CaseTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseSubject Father = new(Guid.NewGuid(), DivisionId.Parse("431003101218@2023"), Respondent.Father);
    private static readonly InterventionAct[] Acts = Enum.GetValues<InterventionAct>();

    [Fact]
    public void The_first_recorded_conduct_opens_the_case_and_the_next_does_not()
    {
        var events = Record(new(Guid.NewGuid()), Act(InterventionAct.Admonition, -5));
        Assert.Equal([typeof(CaseOpened), typeof(StepRecorded)], events.Select(e => e.GetType()));

        var open = After(new(Guid.NewGuid()), events);
        Assert.IsType<StepRecorded>(Assert.Single(Record(open, Act(InterventionAct.WrittenWarning, -4))));
    }

    [Fact]
    public void What_an_organ_did_is_recorded_in_whatever_order_and_the_highest_step_is_known()
    {
        foreach (var first in Acts)
            foreach (var second in Acts)
                foreach (var day in new[] { -6, -4 })
                {
                    var open = After(new(Guid.NewGuid()), Record(new(Guid.NewGuid()), Act(first, -5)));
                    var recorded = After(open, [Assert.IsType<StepRecorded>(Assert.Single(Record(open, Act(second, day))))]);
                    Assert.Equal(Math.Max(Ladder.Rung(first), Ladder.Rung(second)), Ladder.Rung(Ladder.Highest(recorded.Steps)!.Act));
                }
    }

    [Fact]
    public void The_highest_step_is_the_latest_of_its_rung_however_late_it_was_recorded()
    {
        var open = new InterventionCase(Guid.NewGuid());
        Assert.Null(Ladder.Highest(open.Steps));
        foreach (var step in new[] { Act(InterventionAct.Reprimand, -3), Act(InterventionAct.Admonition, -1), Act(InterventionAct.FamilyEducationOrder, -2), Act(InterventionAct.WrittenWarning, -4) })
            open = After(open, Record(open, step));

        Assert.Equal(InterventionAct.FamilyEducationOrder, Ladder.Highest(open.Steps)!.Act);
    }

    [Fact]
    public void Educating_again_stays_on_the_rung()
    {
        var open = new InterventionCase(Guid.NewGuid());
        foreach (var day in new[] { -5, -4, -3 })
            open = After(open, Record(open, Act(InterventionAct.Admonition, day)));

        Assert.Equal(3, open.Steps.Count);
    }

    [Fact]
    public void A_repeat_changes_nothing_and_a_request_id_is_not_used_twice()
    {
        var step = Act(InterventionAct.WrittenWarning, -2);
        var open = After(new(Guid.NewGuid()), Record(new(Guid.NewGuid()), step));

        Assert.Empty(Record(open, step));
        Assert.Empty(Record(open, step with { Request = Guid.NewGuid() }));
        Assert.Throws<RejectedException>(() => Record(open, step with { DocumentNo = "other" }));
    }

    [Theory]
    [InlineData(FileState.EnteredInError, false)]
    [InlineData(FileState.MergedInto, false)]
    [InlineData(FileState.Adult, true)]
    [InlineData(FileState.MovedAway, true)]
    [InlineData(FileState.Deceased, true)]
    public void A_case_is_opened_on_every_child_and_on_no_file_that_is_none(FileState file, bool opens)
    {
        var step = Act(InterventionAct.Admonition, -5);
        if (opens)
            Assert.Equal(2, Record(new(Guid.NewGuid()), step, file).Count);
        else
            Assert.Throws<RejectedException>(() => Record(new(Guid.NewGuid()), step, file));
        // What organs did in a case that runs is recorded, whatever becomes of the file.
        var open = After(new(Guid.NewGuid()), Record(new(Guid.NewGuid()), step));
        Assert.Single(Record(open, Act(InterventionAct.AdminPenalty, -4), file));
    }

    [Fact]
    public void An_act_in_the_future_is_refused() =>
        Assert.Throws<RejectedException>(() => Record(new(Guid.NewGuid()), Act(InterventionAct.Admonition, 1)));

    [Fact]
    public void Every_act_has_a_rung_in_the_order_of_the_ladder() =>
        Assert.Equal([1, 2, 2, 2, 3, 4], Acts.Select(Ladder.Rung));

    private static Step Act(InterventionAct act, int day) =>
        new(Guid.NewGuid(), Conduct.LeftUnattended, act, "公安分局", $"{act}{day}", Now.AddDays(day));

    private static List<object> Record(InterventionCase open, Step step, FileState file = FileState.Open) => [.. RecordConduct.Decide(new(Father, step, file), open, Now)];

    private static InterventionCase After(InterventionCase open, IEnumerable<object> events) => events.Aggregate(open, (c, e) => c.After(e));
}
