using CsCheck;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Children;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using Xunit;
using static LeftBehind.Assessment.Tests.Given;

namespace LeftBehind.Assessment.Tests;

/// <summary>Every act in every state: what the table does not list is refused, what it lists leads where it says.</summary>
public class AssessmentTransitionTests
{
    private static readonly AssessmentFile Other = new AssessmentFile(Guid.NewGuid()).After(Open.Opened!);

    private static readonly DivisionId[] Villages = [.. new[] { "431003101218", "431003101202", "431002002200" }.Select(code => DivisionId.Parse($"{code}@2023"))];

    public static TheoryData<AssessmentAct, AssessmentState> Everywhere => [.. from act in Enum.GetValues<AssessmentAct>() from state in Enum.GetValues<AssessmentState>() select (act, state)];

    [Theory, MemberData(nameof(Everywhere))]
    public void What_the_table_does_not_list_is_refused(AssessmentAct act, AssessmentState state)
    {
        var (row, file) = (AssessmentTransitions.Of(act), In(state));
        Assert.Equal(state, file.State);
        if (row.From.Contains(state))
            Assert.Equal(row.To, After(file, Do(act, file)).State);
        else
            Assert.Throws<RejectedException>(() => Do(act, file).ToList());
    }

    [Fact]
    public void Every_act_has_one_row_with_its_basis_and_nothing_is_done_to_what_was_never_opened()
    {
        Assert.Equal(Enum.GetValues<AssessmentAct>(), AssessmentTransitions.All.Select(t => t.Act));
        Assert.All(AssessmentTransitions.All, t => Assert.NotEmpty(t.Basis));
        Assert.All(Enum.GetValues<AssessmentAct>(), act => Assert.Throws<RejectedException>(() => Do(act, new(Guid.NewGuid())).ToList()));
    }

    [Fact]
    public void Random_commands_break_no_invariant_and_throw_nothing_but_a_rejection()
    {
        var reached = new HashSet<AssessmentState>();
        Gen.Select(Gen.Enum<AssessmentAct>(), Gen.Int[0, 5]).Array[0, 40].Sample(acts =>
        {
            var file = Open;
            foreach (var (act, village) in acts)
            {
                var before = file;
                try
                {
                    // Now and then the child moves, whatever is under way.
                    file = village < 3 ? After(file, MoveWithChild.Decide(file, Villages[village], MoveWithChildTests.TownOf)) : After(file, Do(act, file));
                }
                catch (RejectedException)
                {
                    Assert.Same(before, file);
                }
                Holds(before, file);
                lock (reached)
                    reached.Add(file.State);
            }
        }, seed: "0000000000000", iter: 2000, threads: 1);
        Assert.Equal(Enum.GetValues<AssessmentState>().Length, reached.Count);
    }

    private static void Holds(AssessmentFile before, AssessmentFile file)
    {
        Assert.True(file.Version >= before.Version);
        Assert.Equal((file.Of!.Division, before.Of!.Child), (file.Facts.Division, file.Of.Child));
        Assert.InRange(file.Moves - before.Moves, 0, MoveWithChildTests.TownOf(before.Of.Division) == MoveWithChildTests.TownOf(file.Of.Division) ? 0 : 1);
        Assert.True(before.State is not (AssessmentState.Finalised or AssessmentState.Superseded) || file.State == before.State, "An end stays.");
        Assert.Equal(file.State is AssessmentState.Finalised, file.Finalised is not null);
        Assert.True(file.Finalised is null || (file.Draft is not null && ReviewAssessment.Together.All(file.Finalised.Participants.Contains)), "Finalised after draft and review.");
        Assert.True(file.Finalised is null || Consistency.Holds(file.Finalised.Grade, file.Finalised.Risk));
        Assert.Equal((file.State, file.Finalised?.Risk), (file.Facts.State, file.Facts.Risk));
    }

    private static IEnumerable<AssessmentEvent> Do(AssessmentAct act, AssessmentFile file) => act switch
    {
        AssessmentAct.RecordFieldwork => RecordFieldwork.Decide(new([Participant.School], "by", Ask()), file, Now),
        AssessmentAct.Draft => DraftAssessment.Decide(new(Scored("Low"), Scored("Good"), "by", Ask()), file, Now),
        AssessmentAct.Review => ReviewAssessment.Decide(new(ReviewAssessment.Together, "by", Ask()), file, Now),
        // Another assessor each time: none is a repeat.
        AssessmentAct.Finalise => FinaliseAssessment.Decide(Finalise with { Assessor = $"{Guid.NewGuid()}" }, file, Now),
        _ => SupersedeAssessment.Decide(file, file.Superseded is null ? Other : Other with { Id = Guid.NewGuid() }, Now),
    };

    private static AssessmentFile In(AssessmentState state) => state switch
    {
        AssessmentState.Opened => Open,
        AssessmentState.FieldworkDone => Visited,
        AssessmentState.Drafted => Drafted,
        AssessmentState.Reviewed => Reviewed,
        AssessmentState.Finalised => After(Reviewed, FinaliseAssessment.Decide(Finalise, Reviewed, Now)),
        _ => After(Open, SupersedeAssessment.Decide(Open, Other, Now)),
    };
}
