using CsCheck;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Tests.Visits;

/// <summary>Whatever is told in whatever order: no invariant breaks, and nothing but a rejection is thrown.</summary>
public sealed class VisitSequencesTests
{
    private static readonly Child Closed = CloseFile.Close(Given.LeftBehind, FileState.MovedAway).Aggregate(Given.LeftBehind, (c, e) => c.After(e));
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 4).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static readonly Gen<(int What, int Which, int Hours, int Risk, bool Flag)[]> Steps =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[0, 400], Gen.Int[0, 3], Gen.Bool).Array[1, 30];

    [Fact]
    public void One_visit_is_due_exactly_while_the_plan_says_so_and_facts_follow_from_what_was_told() => Steps.Sample(steps =>
    {
        var (child, visits, now) = (Given.LeftBehind, ChildVisits.New(Guid.NewGuid()), Given.Now);
        var running = new Dictionary<string, VisitDuty>();
        var told = new List<VisitsEvent>();
        foreach (var step in steps)
        {
            now = now.AddHours(step.Hours);
            if (step is { What: 6 })
                child = step.Flag ? Given.LeftBehind : step.Which == 0 ? Closed : Given.AtHome;
            try
            {
                foreach (var decided in Decide(step, child, visits, now).ToList())
                {
                    var @event = visits.Told(child.Id, decided);
                    told.Add(@event);
                    var before = visits;
                    visits = visits.After(@event);
                    Assert.Equal(visits.Facts, @event.After);
                    if (before.Duty?.Key != visits.Duty?.Key)
                        Turn(running, before.Duty, visits.Duty);
                }
            }
            catch (RejectedException)
            {
                continue;
            }
        }
        Assert.Equal(visits.Plan is { Cadence: not Cadence.None }, visits.Duty is not null);
        Assert.Equal(visits.Duty is null ? 0 : 1, running.Count);
        Assert.True(!visits.Overdue || visits.Duty is not null);
        Assert.Equal(visits.Visits.Count, visits.Visits.Select(v => v.Id).Distinct().Count());
        Assert.Equal(told.Count, visits.Version);
        // Folded again from what was stored, it is the same.
        var again = told.Aggregate(ChildVisits.New(visits.Id), (v, e) => v.After(RegistryModule.Events.Read(RegistryModule.Events.NameOf(e),
            System.Text.Json.JsonSerializer.Serialize(e, e.GetType(), EventTypes.Json))));
        Assert.Equal((visits.Facts, visits.Duty, visits.Plan), (again.Facts, again.Duty, again.Plan));
    }, iter: 2000);

    private static IEnumerable<VisitsEvent> Decide((int What, int Which, int Hours, int Risk, bool Flag) step, Child child, ChildVisits visits, DateTimeOffset now)
    {
        var content = Given.Found(step.Flag ? VisitFinding.CarerAbsent : VisitFinding.CarerPresent) with { VerifiesIdentity = step.Risk == 0 };
        var plan = Given.Plan(child, step.Risk == 3 ? null : (RiskLevel)step.Risk, step.Flag, step.Which > 1);
        return step.What switch
        {
            1 => RecordVisit.Decide(new(Ids[step.Which], Guid.NewGuid(), now.AddHours(-step.Risk * 100), "w", content, now), child, visits, Given.Rules),
            2 => CorrectVisit.Decide(new(Ids[step.Which], Guid.NewGuid(), step.Risk == 1 ? "x" : "w", content, now), child, visits),
            3 => AcknowledgeSituation.Decide(new(visits.Situations.IsEmpty ? Ids[0] : visits.Situations[step.Which % visits.Situations.Count].Reported.SituationId, "t", now), visits),
            4 when visits.Duty is { } due && due.DueAt <= now => Missed(child, visits, due),
            5 when visits.Duty is { } due => LetGo(child, visits, due, now),
            _ => FollowPlan.Decide(new(plan with { Village = step.Which == 2 ? Samples.NextVillage : plan.Village }, plan.Listings(child), now), visits, Given.Rules),
        };
    }

    private static IEnumerable<VisitsEvent> Missed(Child child, ChildVisits visits, VisitDuty due) =>
        MissedVisits.Decide(child.Id, due.ObligationOf(child.Id), new ObligationBreached(Of(child, due), due.DueAt), visits, Given.Rules) is { } missed ? [missed] : [];

    private static IEnumerable<VisitsEvent> LetGo(Child child, ChildVisits visits, VisitDuty due, DateTimeOffset now) =>
        MissedVisits.Decide(child.Id, due.ObligationOf(child.Id), new ObligationWaived(Of(child, due), "away for the summer", null, now), visits, Given.Rules) is { } letGo ? [letGo] : [];

    private static Duty Of(Child child, VisitDuty due) => new(VisitRules.Kind, VisitRules.SubjectOf(child.Id), due.Town, Contracts.Obligations.OwnerDepartment.CivilAffairs,
        due.StartsAt, due.DueAt, Contracts.Obligations.ObligationBasis.PlatformDefault, "平台默认");

    /// <summary>A duty's key never comes again: its obligation was ended.</summary>
    private static void Turn(Dictionary<string, VisitDuty> running, VisitDuty? ended, VisitDuty? begun)
    {
        if (ended is not null)
            Assert.True(running.Remove(ended.Key));
        if (begun is not null)
            Assert.True(running.TryAdd(begun.Key, begun));
    }
}
