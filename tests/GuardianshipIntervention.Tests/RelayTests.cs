using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Children;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;
using LeftBehind.Pages;
using Xunit;
using Told = LeftBehind.Contracts.Guardianship;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Tests;

public class RelayTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Stream = Guid.NewGuid();
    private static readonly CaseSubject Carer = new(Guid.NewGuid(), DivisionId.Parse("431003101218@2023"), Respondent.EntrustedCarer);

    private static readonly CaseFacts Facts = new(Carer.Division, Carer.Respondent, CaseState.PetitionFiled, CaseStep.RevocationPetition, PetitionGrounds.G1 | PetitionGrounds.G5, OrderState.Granted, null);

    private static readonly CaseEvent[] Events =
    [
        .. ((CaseEvent[])[
            new Cases.CaseOpened(Carer, Conduct.Abuse),
            new Cases.CaseMoved(Carer, DivisionId.Parse("431002002200@2023")),
            new Cases.StepRecorded(Carer, new(Guid.NewGuid(), Conduct.Abuse, InterventionAct.AdminPenalty, "公安分局", "苏公罚7", Now, OrganKind.Police)),
            new CaseAssigned(Carer, new("officer-1", AssignedDepartment.Police)),
            new EvidenceRecorded(Carer, new(Guid.NewGuid(), Limb.SevereHarm, EvidenceKind.ExpertOpinion, "医院", "鉴3", Now, null)),
            new EvidenceDisputed(Carer, Guid.NewGuid(), true),
            new CareFollowed(Carer, true),
            new CourtActRecorded(Carer, new(Guid.NewGuid(), CourtAct.PetitionFiled, "法院", "民初4", Now) { Petitioner = Petitioner.CivilAffairs, Pleaded = PetitionGrounds.G1, Until = new(2026, 3, 3) }),
            new GuardianNamed(Carer, Contracts.Registry.GuardianKind.Grandparents),
            new EvidenceTextsErased(Carer),
        ]).Select(e => e with { After = Facts }),
    ];

    [Fact]
    public void Every_event_tells_its_case_once_and_the_child_in_its_own_words_or_in_those()
    {
        Assert.Equal(GuardianshipModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(CaseEvent))).ToHashSet(), Events.Select(e => e.GetType()).ToHashSet());
        Assert.All(Events, e =>
        {
            var told = Tell(e).ToList();
            var counted = Assert.Single(told, f => f.Subject == Stream);
            Assert.Equal(new Told.CaseRecorded(Stream, Carer.Child, CaseTelling.ChangeOf(e), Facts), counted.Fact);
            Assert.Equal(2, counted.Since);
            Assert.Single(told, f => f.Subject == Carer.Child);
        });
        Assert.Equal([typeof(Told.CaseOpened), typeof(Told.CaseMoved), typeof(Told.StepRecorded), typeof(GuardianDesignated)],
            Events.SelectMany(Tell).Where(f => f.Fact is not Told.CaseRecorded).Select(f => f.Fact.GetType()));
        Assert.DoesNotContain(Events.SelectMany(Tell), f => JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json).Contains("officer-1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_carer_found_unfit_is_told_with_the_conduct_of_the_highest_act_and_of_no_release_that_kept_none()
    {
        var at = Story.Now.AddMonths(-2);
        var story = new Story(Respondent.EntrustedCarer, Conduct.LeftUnattended, InterventionAct.Admonition).Step(Conduct.Abuse, InterventionAct.AdminPenalty, at, respondent: Respondent.EntrustedCarer);
        var found = Assert.IsType<CourtActRecorded>(Assert.Single(RecordCourtAct.Decide(new(story.Record(CourtAct.CarerFoundUnfit)), story.Case, Story.Now)));
        var told = Tell(found with { After = Facts }).Last();
        Assert.Equal((found.Of.Child, 3), (told.Subject, told.Since));
        Assert.Equal(new EntrustedCarerFoundUnfit(Stream, found.Of.Child, found.Of.Division, Conduct.Abuse, at), told.Fact);
        Assert.DoesNotContain(Tell(found with { After = Facts, OnConduct = null, ConductAt = null }), f => f.Fact is EntrustedCarerFoundUnfit);
    }

    [Fact]
    public void An_event_of_a_release_that_kept_nothing_to_tell_is_told_as_not_collected()
    {
        var old = Assert.IsType<Told.CaseRecorded>(Tell(Events[0] with { After = null }).Last().Fact);
        Assert.Equal((CaseState.Open, CaseStep.NotCollected, Carer.Division), (old.After.State, old.After.Step, old.After.Division));
    }

    [Fact]
    public void Every_event_is_read_as_it_was_written() =>
        Assert.All(Events, e =>
        {
            var json = JsonSerializer.Serialize(e, e.GetType(), EventTypes.Json);
            Assert.Equal(e, GuardianshipModule.Events.Read(GuardianshipModule.Events.NameOf(e), json));
        });

    [Fact]
    public void A_step_of_an_earlier_release_is_read_without_the_kind_of_organ()
    {
        var json = JsonSerializer.Serialize(Events[2], Events[2].GetType(), EventTypes.Json).Replace(",\"organKind\":\"Police\"", "", StringComparison.Ordinal);
        Assert.Null(Assert.IsType<Cases.StepRecorded>(GuardianshipModule.Events.Read("step_recorded", json)).Step.OrganKind);
    }

    [Fact]
    public void Nothing_but_recorded_conduct_opens_a_case() =>
        // A policy would be a page handler: those that there are hear where children live, who cares for them and what is erased, and no risk, grade or report.
        Assert.Equal([typeof(FollowCare), typeof(FollowChildren), typeof(EraseEvidenceTexts)],
            typeof(GuardianshipModule).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IPageHandler))).OrderBy(t => t.FullName, StringComparer.Ordinal));

    [Fact]
    public void The_protocols_words_are_those_of_the_contracts()
    {
        Assert.Equal(Enum.GetNames<Respondent>(), Enum.GetNames<V1.Respondent>().Skip(1));
        Assert.Equal(Enum.GetNames<Conduct>(), Enum.GetNames<V1.Conduct>().Skip(1));
        Assert.Equal(Enum.GetNames<InterventionAct>(), Enum.GetNames<V1.InterventionAct>().Skip(1));
        Assert.Equal(Enum.GetNames<OrganKind>(), Enum.GetNames<V1.OrganKind>().Skip(1));
        Assert.Equal(Enum.GetNames<CourtAct>(), Enum.GetNames<V1.CourtAct>().Skip(1));
        Assert.Equal(Enum.GetNames<CaseState>(), Enum.GetNames<V1.CaseState>().Skip(1));
        Assert.Equal(Enum.GetNames<OrderState>(), Enum.GetNames<V1.OrderState>().Skip(1));
        Assert.Equal(Enum.GetNames<Petitioner>(), Enum.GetNames<V1.Petitioner>().Skip(1));
        Assert.Equal(Enum.GetNames<PetitionGrounds>().Skip(1), Enum.GetNames<V1.PetitionGround>().Skip(1));
        Assert.Equal(Enum.GetNames<Limb>(), Enum.GetNames<V1.Limb>().Skip(1));
        Assert.Equal(Enum.GetNames<LimbState>(), Enum.GetNames<V1.LimbState>().Skip(1));
        Assert.Equal(Enum.GetNames<PleadingBasis>(), Enum.GetNames<V1.PleadingBasis>().Skip(1));
        Assert.Equal(Enum.GetNames<EvidenceKind>(), Enum.GetNames<V1.EvidenceKind>().Skip(1));
        Assert.Equal(Enum.GetNames<AssignedDepartment>(), Enum.GetNames<V1.AssignedDepartment>().Skip(1));
        Assert.Equal(Enum.GetNames<Contracts.Registry.GuardianKind>().Where(n => n != "Missing"), Enum.GetNames<V1.DesignatedGuardian>().Skip(1));
    }

    [Fact]
    public void A_move_is_told_with_where_the_case_lies_now()
    {
        var moved = Assert.Single(Tell(Events[1]).Select(f => f.Fact).OfType<Told.CaseMoved>());
        Assert.Equal((Carer.Child, Carer.Division, Carer.Respondent), (moved.ChildId, moved.Division, moved.Respondent));
        Assert.Equal(DivisionId.Parse("431002002200@2023"), moved.From);
        Assert.Equal("case_moved", Contract.Facts.NameOf(moved));
    }

    private static IEnumerable<RelayedFact> Tell(object e) =>
        new GuardianshipRelay().Translate(new(1, Guid.NewGuid(), Stream, 1, e, new(Now, new(2026, 3, 2))));
}
