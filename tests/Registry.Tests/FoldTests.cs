using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Tests;

public sealed class FoldTests
{
    [Fact]
    public void A_file_is_nothing_before_it_is_opened() => Assert.False(Child.New(Guid.NewGuid()).Exists);

    [Fact]
    public void A_file_keeps_what_each_event_told()
    {
        var (home, number, pupil) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var child = Samples.File(new(2016, 5, 1));
        child = child.After(new ChildIdentityCorrected(Samples.Closed, "d2", number, child.Facts with { Verified = true }));
        child = child.After(new ChildMoved(home, Samples.Matian, Residency.Urban, child.Facts with { Residence = Samples.NextVillage }));
        child = child.After(new ParentStatusRecorded(Parent.Mother, ParentState.AtHome, Samples.Today, "44", child.Facts));
        child = child.After(new CarerNamed(null, "c", child.Facts with { Carer = CarerKind.Grandparents }));
        child = child.After(new PupilLinked(pupil, child.Facts)).After(new PupilLinked(pupil, child.Facts));

        Assert.True(child.Exists);
        Assert.Equal(("d2", (Guid?)number, "c", home, Residency.Urban), (child.IdentityDigest, child.BlindIndex, child.CarerDigest, child.Household, child.Residency));
        Assert.Equal((ParentState.NotCollected, ParentState.AtHome), (child.Father.Status, child.Mother.Status));
        Assert.Equal(pupil, Assert.Single(child.Pupils));
        Assert.Equal(
            new(FileState.Open, Samples.NextVillage, new(2016, 5, 1), Sex.Female, ChildCategory.None, null, CarerKind.Grandparents, true), child.Facts);
    }

    [Fact]
    public void A_household_keeps_where_it_lives_and_who_belongs_to_it()
    {
        var (adult, child, file) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        object[] told =
        [
            new HouseholdRegistered(Samples.Matian, Residency.Rural, Samples.Closed, "a1"),
            new MemberJoined(adult, null, Samples.Closed, "m1"), new MemberJoined(child, file, null, ""), new MemberCorrected(adult, Samples.Closed, "m2"),
            new HouseholdMoved(Samples.Matian, Samples.NextVillage, Residency.Unknown, Samples.Closed, "a2"),
            new HouseholdCorrected(Residency.Urban, Samples.Closed, "a3"), new MemberLeft(child),
        ];
        var household = told.Aggregate(Household.New(Guid.NewGuid()), (h, e) => h.After(e));
        Assert.Equal((true, Samples.NextVillage, Residency.Urban, "a3"), (household.Exists, household.Residence, household.Residency, household.Digest));
        var (person, belonging) = Assert.Single(household.Members);
        Assert.Equal((adult, "m2", (Guid?)Samples.Closed.KeyId), (person, belonging.Digest, belonging.KeyId));
    }
}
