using CsCheck;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;
using Xunit;

namespace LeftBehind.GuardianshipIntervention.Tests;

/// <summary>Whatever is asked in whatever order: it happens or is refused, and what must hold of a case holds.</summary>
public class RandomCommandsTests
{
    private static readonly DateTimeOffset Now = Story.Now;
    private static readonly Gen<DateTimeOffset> Time = Gen.Int[0, 400].Select(days => Now.AddDays(3 - days));
    private static readonly Gen<DateOnly?> Until = Gen.Int[-10, 400].Select(days => days < 0 ? (DateOnly?)null : DateOnly.FromDateTime(Now.AddDays(days - 300).DateTime));

    /// <summary>Acts, evidence and education, drawn with any content. Most petitions plead the first ground, so that some are taken.</summary>
    private static readonly Gen<Func<Story, IEnumerable<CaseEvent>>> Command = Gen.Frequency(
        (6, Gen.Select(Gen.Enum<CourtAct>(), Time, Until, Gen.Enum<Petitioner>(), Gen.Int[0, 63], Gen.Int[-1, 5], Gen.Bool, Act)),
        (3, Gen.Select(Gen.Enum<CourtAct>(), Time, (act, at) => (Func<Story, IEnumerable<CaseEvent>>)(story => RecordCourtAct.Decide(new(story.Record(act, at)), story.Case, Now)))),
        (2, Gen.Select(Gen.Enum<Limb>(), Time, (limb, at) => (Func<Story, IEnumerable<CaseEvent>>)(story => RecordEvidence.Decide(new(story.Item(limb, at)), story.Case, Now)))),
        (1, Gen.Select(Gen.Bool, Gen.Bool, (entrusted, _) => (Func<Story, IEnumerable<CaseEvent>>)(story => Children.FollowCare.Decide(story.Case, entrusted)))),
        (1, Gen.Select(Gen.Enum<AssignedDepartment>(), Gen.Int[0, 2], (department, who) => (Func<Story, IEnumerable<CaseEvent>>)(story => AssignCase.Decide(new(new($"a{who}", department)), story.Case)))));

    [Fact]
    public void Random_commands_break_no_invariant_and_throw_nothing_but_a_rejection()
    {
        var reached = new HashSet<CaseState>();
        Gen.Select(Gen.Enum<Respondent>(), Gen.Int[0, 2], Command.Array[0, 60]).Sample((respondent, stage, commands) =>
        {
            var story = Begun(respondent, stage);
            foreach (var command in commands)
            {
                var before = story.Case;
                try
                {
                    story.Take(command(story));
                }
                catch (RejectedException)
                {
                    Assert.Same(before, story.Case);
                }
                Holds(before, story.Case);
                lock (reached)
                    reached.Add(story.Case.State);
            }
        }, iter: 2000, threads: 1);
        Assert.Equal(Enum.GetValues<CaseState>(), reached.Order());
    }

    /// <summary>Chance alone seldom comes as far as a judgment: a third of the cases begin with a petition, a third with a judgment.</summary>
    private static Story Begun(Respondent respondent, int stage)
    {
        var story = new Story(respondent).Evidence(Limb.HarmInflicted, Now.AddDays(-390)).Evidence(Limb.SevereHarm, Now.AddDays(-390));
        if (stage > 0 && story.Case.Of!.IsParent)
            story.Act(CourtAct.PetitionFiled, Now.AddDays(-385));
        if (stage > 1 && story.Case.Of!.IsParent)
            story.Act(CourtAct.GuardianshipRevoked, Now.AddDays(-380));
        return story;
    }

    private static void Holds(InterventionCase before, InterventionCase of)
    {
        Assert.True(of.Version >= before.Version);
        Assert.True(of.State is not (CaseState.PetitionFiled or CaseState.Judged or CaseState.RestorationFiled) || of.Of!.IsParent, "Only a parent's guardianship is before a court.");
        Assert.True(of.State is not (CaseState.Judged or CaseState.RestorationFiled) || of.Guardian is not (null or GuardianKind.Missing), "A judgment leaves a guardian.");
        Assert.True(before.State is not CaseState.Closed || of.State is CaseState.Closed, "A closed case stays closed.");
        Assert.True(!of.CrimeConvicted || of.Last(CourtAct.GuardianshipRestored) is null || of.Acts.FindIndex(a => a.Act is CourtAct.CrimeConvicted) > of.Acts.FindIndex(a => a.Act is CourtAct.GuardianshipRestored), "None is restored after a crime.");
        foreach (var petition in of.Acts.Where(a => a.Act is CourtAct.PetitionFiled))
            Assert.True(FilePetition.Entitled.Contains(petition.Petitioner!.Value) && petition.Pleaded is not PetitionGrounds.None);
        foreach (var order in of.Acts.Where(a => a.Act is CourtAct.OrderGranted or CourtAct.OrderExtended))
            Assert.True(order.Until <= DateOnly.FromDateTime(order.OccurredAt.ToOffset(TimeSpan.FromHours(8)).DateTime).AddMonths(CourtRules.OrderMonths));
        Assert.True(of.State is not CaseState.PetitionFiled || of.Evidence.Skip(before.Evidence.Count).All(e => e.OccurredAt <= of.Petition!.OccurredAt) || before.State is not CaseState.PetitionFiled);
        Assert.Equal(of.Acts.Count, of.Acts.Select(a => a.Request).Distinct().Count());
        Assert.Equal(of.GroundsSince is not null, CaseTelling.FactsOf(of, Now).Grounds is not PetitionGrounds.None);
    }

    private static Func<Story, IEnumerable<CaseEvent>> Act(CourtAct act, DateTimeOffset at, DateOnly? until, Petitioner petitioner, int pleaded, int guardian, bool urgent) => story =>
        RecordCourtAct.Decide(new(story.Record(act, at, r => r with
        {
            Until = until,
            Petitioner = petitioner,
            Pleaded = (PetitionGrounds)pleaded,
            Guardian = guardian < 1 ? null : (GuardianKind)guardian,
            Urgent = urgent,
        })), story.Case, Now);
}
