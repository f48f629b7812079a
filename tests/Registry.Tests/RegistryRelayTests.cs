using System.Reflection;
using System.Runtime.CompilerServices;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Hazards.Findings;
using LeftBehind.Registry.Hazards.Screenings;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Tests;

public sealed class RegistryRelayTests
{
    public static TheoryData<string> Names() => [.. RegistryModule.Events.All.Where(e => !typeof(IObligationEvent).IsAssignableFrom(e.Value)).Select(e => e.Key).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_event_of_a_file_its_visits_care_and_screenings_and_of_a_hazard_is_told_and_no_other(string name)
    {
        Type[] told = [typeof(IChildEvent), typeof(VisitsEvent), typeof(ICareEvent), typeof(ISafetyEvent), typeof(IHazardEvent)];
        var type = RegistryModule.Events.All[name];
        var facts = Translate(RuntimeHelpers.GetUninitializedObject(type)).ToList();
        Assert.Equal(told.Any(t => t.IsAssignableFrom(type)), facts.Count > 0);
        Assert.All(facts, f => Assert.NotNull(f.Fact.GetType().GetCustomAttribute<StoredNameAttribute>()));
    }

    [Fact]
    public void An_unattended_child_is_told_with_its_care_and_as_a_fact_of_its_own()
    {
        var (care, child, now) = (Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        var facts = Translate(new Care.UnattendedChildDetected(child, Samples.Matian, UnattendedGround.LivingAlone, now, EntrustedCare.New(care).Facts with { Unattended = true }), care).ToList();
        Assert.Equal([child, child], facts.Select(f => f.Subject));
        Assert.Equal((care, CareChange.UnattendedDetected), (Assert.IsType<CareRecorded>(facts[0].Fact).CareId, ((CareRecorded)facts[0].Fact).Change));
        Assert.Equal(new Contracts.Registry.UnattendedChildDetected(child, Samples.Matian, UnattendedGround.LivingAlone, now), facts[1].Fact);
    }

    [Fact]
    public void The_household_is_told_by_its_id_when_a_file_is_opened_and_when_the_child_moves()
    {
        var (file, household, facts) = (Guid.NewGuid(), Guid.NewGuid(), Samples.File(null).Facts);
        Assert.Equal(household, Household(new ChildMoved(household, Samples.Matian, Residency.Rural, facts)));
        Assert.Equal(household, Household((ChildFileOpened)RuntimeHelpers.GetUninitializedObject(typeof(ChildFileOpened)) with { Household = household }));
        Assert.Null(Household(new PupilLinked(Guid.NewGuid(), facts)));

        Guid? Household(object e) => Translate(e, file).Select(f => f.Fact).OfType<ChildRecorded>().Single().HouseholdId;
    }

    [Fact]
    public void A_linked_pupil_is_told_to_the_roll_after_the_file_itself()
    {
        var (file, pupil) = (Guid.NewGuid(), Guid.NewGuid());
        var facts = Translate(new PupilLinked(pupil, Samples.File(null).Facts), file).ToList();
        Assert.Equal([(file, typeof(ChildRecorded)), (pupil, typeof(PupilMatched))], facts.Select(f => (f.Subject, f.Fact.GetType())));
        Assert.Equal(new PupilMatched(pupil, file), facts[1].Fact);
    }

    [Fact]
    public void An_unlinked_pupil_is_told_to_the_roll_after_the_file_itself()
    {
        var (file, pupil) = (Guid.NewGuid(), Guid.NewGuid());
        var unlinked = new Children.PupilUnlinked(pupil, UnlinkGround.NotTheSameChild, Samples.File(null).Facts);
        var facts = Translate(unlinked, file).ToList();
        Assert.Equal(ChildChange.PupilUnlinked, Assert.IsType<ChildRecorded>(facts[0].Fact).Change);
        Assert.Equal((pupil, (object)new Contracts.Registry.PupilUnlinked(pupil, file)), (facts[1].Subject, facts[1].Fact));
        Assert.Equal("pupil_unlinked", RegistryModule.Events.NameOf(unlinked));
    }

    [Fact]
    public void A_file_that_opens_again_is_told_open_with_its_facts()
    {
        var facts = Samples.File(new(2016, 5, 1)).Facts;
        var told = Assert.IsType<ChildRecorded>(Assert.Single(Translate(new ChildFileReopened(facts))).Fact);
        Assert.Equal((ChildChange.Reopened, facts), (told.Change, told.After));
    }

    [Fact]
    public void A_hazard_found_with_a_child_is_told_to_that_ones_timeline_after_itself()
    {
        var (hazard, child) = (Guid.NewGuid(), Guid.NewGuid());
        var facts = new HazardFacts(Guid.NewGuid(), child, Samples.Matian, HazardKind.Drowning, HazardState.Found, Samples.Today);
        Assert.Equal([hazard, child], Translate(new HazardFound(HazardPlace.Water, Samples.Closed, facts), hazard).Select(f => f.Subject));
        var told = Assert.Single(Translate(new HazardOverdue(facts with { ChildId = null, State = HazardState.Overdue }), hazard));
        Assert.Equal((hazard, HazardChange.Overdue), (told.Subject, Assert.IsType<HazardRecorded>(told.Fact).Change));
    }

    [Fact]
    public void A_childs_screenings_are_told_of_the_child_and_name_their_own_stream()
    {
        var (child, stream) = (Guid.NewGuid(), Guid.NewGuid());
        var injury = new InjuryFacts(HazardKind.Scald, Samples.Today, InjurySeverity.Treated);
        var told = Assert.Single(Translate(new InjuryOccurred(child, Guid.NewGuid(), injury, ChildSafety.New(stream).Facts), stream));
        Assert.Equal((child, new ScreeningRecorded(stream, child, ScreeningChange.InjuryOccurred, null, ChildSafety.New(stream).Facts, injury)), (told.Subject, told.Fact));
    }

    [Fact]
    public void No_fact_has_room_for_words_about_a_person()
    {
        Type[] leaving =
        [
            typeof(ChildRecorded), typeof(ChildFacts), typeof(PupilMatched), typeof(VisitsRecorded), typeof(VisitFacts), typeof(CareRecorded), typeof(CareFacts),
            typeof(Contracts.Registry.UnattendedChildDetected), typeof(Contracts.Registry.UnattendedEnded),
            typeof(HazardRecorded), typeof(HazardFacts), typeof(ScreeningRecorded), typeof(ScreeningFacts), typeof(InjuryFacts),
        ];
        Assert.All(leaving.SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance)), p =>
            Assert.True(p.PropertyType.IsValueType || leaving.Contains(p.PropertyType), $"{p.DeclaringType!.Name}.{p.Name}"));
    }

    [Fact]
    public void A_situation_is_told_after_the_visits_with_the_child_as_its_subject()
    {
        var (child, stream) = (Guid.NewGuid(), Guid.NewGuid());
        var reported = new SituationReported(
            Guid.NewGuid(), Samples.Matian, Guid.NewGuid(), [VisitFinding.CarerAbsent], Contracts.Reporting.Urgency.High, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        var told = Translate(reported with { Child = child }, stream).ToList();
        Assert.Equal([(child, typeof(VisitsRecorded)), (child, typeof(AbnormalSituationReported))], told.Select(f => (f.Subject, f.Fact.GetType())));
        Assert.Equal((stream, VisitsChange.SituationReported), (((VisitsRecorded)told[0].Fact).VisitsId, ((VisitsRecorded)told[0].Fact).Change));
    }

    private static IEnumerable<RelayedFact> Translate(object data, Guid stream = default) =>
        new RegistryRelay().Translate(new(1, Guid.NewGuid(), stream, 1, data, new(DateTimeOffset.UnixEpoch, Samples.Today)));
}
