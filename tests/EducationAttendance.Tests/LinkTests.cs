using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Matching;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Tests;

public class LinkTests
{
    private static readonly Guid Other = Guid.Parse("01890000-0000-7000-8000-000000000002");
    private static readonly Pupil Linked = Sample.Enrolled(Sample.Facts with { ChildId = Sample.Child });

    [Fact]
    public void A_match_links_the_pupil_once()
    {
        var pupil = Sample.Enrolled();
        var e = Assert.IsType<PupilLinkedToChild>(Assert.Single(LinkPupils.Decide(pupil, new PupilMatched(pupil.Id, Sample.Child), Nothing)));
        Assert.Equal(Sample.Facts with { ChildId = Sample.Child }, e.After);
        Assert.Empty(LinkPupils.Decide(pupil.After(e), new PupilMatched(pupil.Id, Sample.Child), Nothing));
    }

    [Fact]
    public void A_match_with_another_file_takes_the_first_back() =>
        Assert.Equal([new PupilUnlinkedFromChild(Sample.Child, Sample.Facts), new PupilLinkedToChild(Other, Sample.Facts with { ChildId = Other })],
            Link.Matched(Linked, Other));

    [Fact]
    public void An_unlink_frees_the_pupil_once_and_it_asks_again_with_what_the_roll_tells_of_it_now()
    {
        var corrected = Linked.After(new EnrolmentCorrected("S1", new(Sample.PersonKey.SealJson(new PupilDetails("李小禾", "", "L1")), "d2", null, null), Linked.Facts));
        var e = Assert.IsType<PupilUnlinkedFromChild>(Assert.Single(
            LinkPupils.Decide(corrected, new PupilUnlinked(Linked.Id, Sample.Child), () => Link.Ask(corrected, Sample.PersonKey, Sample.Registry))));
        Assert.Null(e.After.ChildId);
        Assert.Null(e.Asks!.BlindIndex);
        Assert.Equal(new PupilIdentity("李小禾", ""), Sample.Registry.UnsealJson<PupilIdentity>(e.Asks.ToRegistry));
        Assert.Empty(Link.Unlinked(corrected.After(e), Sample.Child, Nothing));
    }

    [Fact]
    public void Who_was_erased_is_freed_and_asks_for_nothing()
    {
        Assert.Null(Link.Ask(Linked, null, Sample.Registry));
        Assert.Null(Assert.IsType<PupilUnlinkedFromChild>(Assert.Single(Link.Unlinked(Linked, Sample.Child, Nothing))).Asks);
    }

    [Fact]
    public void A_match_and_its_end_told_in_any_order_and_twice_leave_the_file_that_was_found_last()
    {
        (object Answer, Guid? Left)[] told = [(new PupilMatched(Linked.Id, Sample.Child), Sample.Child), (new PupilUnlinked(Linked.Id, Sample.Child), null), (new PupilMatched(Linked.Id, Other), Other)];
        var pupil = Sample.Enrolled();
        foreach (var (answer, left) in told.SelectMany(t => new[] { t, t }))
        {
            pupil = LinkPupils.Decide(pupil, answer, Nothing).Aggregate(pupil, (p, e) => p.After(e));
            Assert.Equal(left, pupil.Facts.ChildId);
        }
        // The end of the first match, late, ends nothing.
        Assert.Empty(LinkPupils.Decide(pupil, told[1].Answer, Nothing));
    }

    [Fact]
    public void A_late_unlink_of_another_file_changes_nothing() => Assert.Empty(Link.Unlinked(Linked, Other, Nothing));

    [Theory]
    [InlineData("pupil_matched", true)]
    [InlineData("pupil_unlinked", true)]
    [InlineData("child_recorded", false)]
    public void Only_answers_to_pupils_are_wanted(string type, bool wanted) => Assert.Equal(wanted, new LinkPupils(null!, Sample.Registry, null!).Wants(type));

    private static AskedIdentity? Nothing() => null;
}
