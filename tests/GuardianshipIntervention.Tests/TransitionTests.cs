using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using Xunit;

namespace LeftBehind.GuardianshipIntervention.Tests;

/// <summary>Every act in every state of case, order and respondent: what the table does not list is refused, what it lists leads where it says.</summary>
public class TransitionTests
{
    public static TheoryData<CourtAct> Acts => [.. Enum.GetValues<CourtAct>()];

    [Theory, MemberData(nameof(Acts))]
    public void What_the_table_does_not_list_is_refused(CourtAct act)
    {
        var (row, refused, reached) = (Transitions.Of(act), 0, 0);
        foreach (var (respondent, state, order) in Everywhere())
        {
            var of = In(respondent, state, order);
            var listed = row.From.Contains(state) && (row.OrderFrom.Length == 0 || row.OrderFrom.Contains(order)) && (row.Parents ?? of.Of!.IsParent) == of.Of!.IsParent;
            Assert.Equal(listed, RecordCourtAct.Refusal(row, of) is null);
            if (listed)
            {
                var after = of.After(new CourtActRecorded(of.Of!, new Story().Record(act)));
                Assert.Equal((row.To ?? state, row.OrderTo ?? order), (after.State, after.Order));
                reached++;
                continue;
            }
            Assert.Throws<RejectedException>(() => RecordCourtAct.Decide(new(new Story().Record(act)), of, Story.Now).ToList());
            refused++;
        }
        Assert.True(reached > 0, "An act that is never possible is none.");
        Assert.True(refused > 0 || act is CourtAct.CrimeConvicted, "Only a conviction may come at any time.");
    }

    [Fact]
    public void Every_act_has_one_row_a_basis_and_a_word_in_the_contract()
    {
        Assert.Equal(Enum.GetValues<CourtAct>(), Transitions.All.Select(t => t.Act));
        Assert.All(Transitions.All, t => Assert.NotEmpty(t.Basis));
        Assert.All(Enum.GetNames<CourtAct>(), name => Assert.True(Enum.IsDefined(Enum.Parse<CaseChange>(name))));
        // Nobody records what the clock does, and the police record no act of a court.
        Assert.Equal([CourtAct.OrderLapsed], Transitions.All.Where(t => t.By.Length == 0).Select(t => t.Act));
        Assert.Equal([CourtAct.OrderApplied, CourtAct.OrderReviewAsked, CourtAct.PetitionFiled, CourtAct.CrimeConvicted],
            Transitions.All.Where(t => t.By.Contains(Access.Department.Police)).Select(t => t.Act));
    }

    [Fact]
    public void The_ladder_goes_from_admonition_to_restoration()
    {
        var story = new Story(act: InterventionAct.Admonition).Harmed();
        Assert.Equal(CaseStep.Admonition, CaseTelling.StepOf(story.Case));
        foreach (var (act, step) in new[]
            {
                (CourtAct.OrderApplied, CaseStep.ProtectionOrder), (CourtAct.OrderGranted, CaseStep.ProtectionOrder), (CourtAct.PetitionFiled, CaseStep.RevocationPetition),
                (CourtAct.OrderSetAside, CaseStep.RevocationPetition), (CourtAct.PetitionDismissed, CaseStep.PetitionDismissed), (CourtAct.PetitionFiled, CaseStep.RevocationPetition),
                (CourtAct.PetitionWithdrawn, CaseStep.PetitionWithdrawn), (CourtAct.PetitionFiled, CaseStep.RevocationPetition), (CourtAct.PetitionExtended, CaseStep.RevocationPetition),
                (CourtAct.GuardianshipRevoked, CaseStep.GuardianDesignated), (CourtAct.RestorationPetitioned, CaseStep.RestorationPetition),
                (CourtAct.RestorationRefused, CaseStep.RestorationRefused), (CourtAct.RestorationPetitioned, CaseStep.RestorationPetition), (CourtAct.GuardianshipRestored, CaseStep.Restored),
            })
            Assert.Equal(step, CaseTelling.StepOf(story.Act(act).Case));
        Assert.Equal((CaseState.Closed, Contracts.Registry.GuardianKind.Parents), (story.Case.State, story.Case.Guardian));
    }

    private static IEnumerable<(Respondent, CaseState, OrderState)> Everywhere() =>
        from respondent in Enum.GetValues<Respondent>()
        from state in Enum.GetValues<CaseState>()
        from order in Enum.GetValues<OrderState>()
        select (respondent, state, order);

    private static InterventionCase In(Respondent respondent, CaseState state, OrderState order) => new Story(respondent).Case with { State = state, Order = order };
}
