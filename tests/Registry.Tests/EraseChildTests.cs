using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Erasure;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Tests;

/// <summary>个人信息保护法 §47: what is erased of a child, and what stays.</summary>
public sealed class EraseChildTests
{
    private static readonly EraseChild Command = new(ErasureGround.PurposeAchieved, "苏民〔2026〕1号");
    private static readonly Guid One = Guid.NewGuid(), Two = Guid.NewGuid(), Adult = Guid.NewGuid();

    [Fact]
    public void The_facts_stay_as_they_were_and_the_identity_goes()
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, new(2020, 1, 1)), (Parent.Mother, ParentState.OutForWork, new(2020, 1, 1))).On(Samples.Today);
        var erased = Erase(child);
        Assert.Equal((child.Facts, child.Version + 1), (erased.Facts, erased.Version));
        Assert.Equal((true, null, ""), (erased.Erased, erased.Identity, erased.IdentityDigest));
        Assert.Equal((ChildCategory.LeftBehind, child.Facts.BirthDate), (erased.Facts.Category, erased.Facts.BirthDate));
    }

    [Fact]
    public void An_erased_child_is_erased_once() => Assert.Empty(EraseChild.Decide(Command, Erase(Samples.File(null)), []));

    [Fact]
    public void A_closed_file_is_erased_too_and_an_erased_one_ages_out()
    {
        var closed = Samples.File(new(2016, 5, 1)).After(new ChildFileClosed(DetermineCategory.Closed(Samples.File(null).Facts, FileState.MovedAway)));
        Assert.Equal(FileState.MovedAway, Erase(closed).Facts.State);
        Assert.Equal(FileState.Adult, Erase(Samples.File(new(2010, 5, 1))).On(new(2028, 5, 1)).Facts.State);
    }

    [Fact]
    public void Its_pupils_are_named_once_each_for_the_roll()
    {
        var pupil = Guid.NewGuid();
        var child = Samples.File(null);
        child = child.After(new PupilLinked(pupil, child.Facts));
        var told = Assert.Single(EraseChild.Decide(Command, child, [pupil, pupil, One]));
        Assert.Equal(new[] { pupil, One }.Order(), told.Pupils);
        Assert.Equal(2, child.After(told).ErasedPupils.Count);
        var facts = new RegistryRelay().Translate(new(1, Guid.NewGuid(), child.Id, 1, told, new(DateTimeOffset.UnixEpoch, Samples.Today))).Select(f => f.Fact).ToList();
        Assert.Equal(ChildChange.PersonalDataErased, Assert.IsType<ChildRecorded>(facts[0]).Change);
        var left = Assert.IsType<Contracts.Registry.PersonalDataErased>(facts[1]);
        Assert.Equal((child.Id, 2), (left.ChildId, left.PupilIds.Count));
    }

    [Fact]
    public void A_pupil_that_a_person_parted_is_somebody_else_and_so_is_one_born_on_another_day()
    {
        var child = Samples.File(new(2016, 5, 1));
        var parted = child.After(new Children.PupilUnlinked(One, UnlinkGround.NotTheSameChild, child.Facts));
        Assert.False(RowsOfChild.IsErased(parted, One, new(2016, 5, 1)));
        Assert.False(RowsOfChild.IsErased(child, One, new(2015, 5, 1)));
        Assert.True(RowsOfChild.IsErased(child, One, null));
    }

    [Fact]
    public void The_address_and_the_adults_stay_for_a_household_with_another_child_and_go_with_the_last()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var household = HouseholdOf((One, first), (Two, second), (Adult, null));
        var (kept, events) = Erase(household, first);
        Assert.Equal([new MemberErased(One)], events);
        Assert.False(kept.KeepsNothing);
        Assert.NotEmpty(kept.Keys);

        var (gone, last) = Erase(kept, second);
        Assert.Equal([new MemberErased(Two), new HouseholdErased()], last);
        Assert.True(gone.KeepsNothing && gone.Keys.IsEmpty && gone.Members[Adult].Erased);
        Assert.Empty(Erase(gone, second).Events);
    }

    [Fact]
    public void A_household_that_the_child_left_is_emptied_when_no_other_child_is_in_it()
    {
        var left = HouseholdOf((One, Guid.NewGuid()), (Adult, null)).After(new MemberLeft(One));
        Assert.IsType<HouseholdErased>(Assert.Single(Erase(left, Guid.NewGuid()).Events));
    }

    [Fact]
    public void For_another_child_the_address_is_kept_again()
    {
        var child = Guid.NewGuid();
        var gone = Erase(HouseholdOf((One, child)), child).After;
        var joined = gone.After(new MemberJoined(Two, Guid.NewGuid(), null, ""));
        Assert.False(joined.KeepsNothing);
        var told = joined.After(new HouseholdCorrected(Residency.Rural, Samples.Closed, "d2"));
        Assert.Equal((false, "d2", Samples.Closed.KeyId), (told.Erased, told.Digest, told.KeyId));
        // It moves without one as well.
        Assert.Equal(Samples.NextVillage, gone.After(new HouseholdMoved(Samples.Matian, Samples.NextVillage, Residency.Rural, null, "")).Residence);
    }

    [Fact]
    public void An_erased_file_is_merged_with_none()
    {
        var (one, other) = (Samples.File(new(2016, 5, 1)), Samples.File(new(2016, 5, 1)));
        Assert.Throws<RejectedException>(() => MergeFiles.Confirm(Erase(one), other, [], new(2026, 3, 1)).ToList());
        Assert.Throws<RejectedException>(() => MergeFiles.Confirm(one, Erase(other), [], new(2026, 3, 1)).ToList());
    }

    [Fact]
    public void A_file_knows_every_household_and_number_it_was_told_of()
    {
        var (number, moved) = (Guid.NewGuid(), Guid.NewGuid());
        var child = Samples.File(null);
        var after = child.After(new ChildIdentityCorrected(Samples.Closed, "d", number, child.Facts)).After(new ChildIdentityCorrected(Samples.Closed, "d", null, child.Facts))
            .After(new ChildMoved(moved, child.Facts.Residence, Residency.Rural, child.Facts)).After(new DuplicateJoined(One, [], child.Facts, LentFacts.Of(Samples.File(null))));
        Assert.Equal([number], after.Numbers);
        Assert.Equal(new[] { child.Household, moved }.Order(), after.Households.Order());
        Assert.Equal([One], after.Joined.Keys);
        Assert.Empty(after.After(new DuplicateParted(One, child.Facts)).Joined);
    }

    private static Child Erase(Child child) => EraseChild.Decide(Command, child, child.Pupils).Aggregate(child, (c, e) => c.After(e));

    private static (Household After, List<object> Events) Erase(Household household, Guid child)
    {
        var events = EraseChild.OfHousehold(household, new HashSet<Guid> { child }).ToList();
        return (events.Aggregate(household, (h, e) => h.After(e)), events);
    }

    private static Household HouseholdOf(params (Guid Person, Guid? Child)[] members) => members.Aggregate(
        Household.New(Guid.NewGuid()).After(new HouseholdRegistered(Samples.Matian, Residency.Rural, Samples.Closed, "d")),
        (h, m) => h.After(new MemberJoined(m.Person, m.Child, m.Child is null ? Samples.Closed : null, m.Child is null ? "d" : "")));
}
