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
        var e = Assert.IsType<PupilLinkedToChild>(Assert.Single(LinkPupils.Decide(pupil, new PupilMatched(pupil.Id, Sample.Child))));
        Assert.Equal(Sample.Facts with { ChildId = Sample.Child }, e.After);
        Assert.Empty(LinkPupils.Decide(pupil.After(e), new PupilMatched(pupil.Id, Sample.Child)));
    }

    [Fact]
    public void A_match_with_another_file_takes_the_first_back() =>
        Assert.Equal([new PupilUnlinkedFromChild(Sample.Child, Sample.Facts), new PupilLinkedToChild(Other, Sample.Facts with { ChildId = Other })],
            Link.Matched(Linked, Other));

    [Fact]
    public void An_unlink_frees_the_pupil_once()
    {
        var e = Assert.IsType<PupilUnlinkedFromChild>(Assert.Single(LinkPupils.Decide(Linked, new PupilUnlinked(Linked.Id, Sample.Child))));
        Assert.Null(e.After.ChildId);
        Assert.Empty(Link.Unlinked(Linked.After(e), Sample.Child));
    }

    [Fact]
    public void A_late_unlink_of_another_file_changes_nothing() => Assert.Empty(Link.Unlinked(Linked, Other));

    [Theory]
    [InlineData("pupil_matched", true)]
    [InlineData("pupil_unlinked", true)]
    [InlineData("child_recorded", false)]
    public void Only_answers_to_pupils_are_wanted(string type, bool wanted) => Assert.Equal(wanted, new LinkPupils().Wants(type));
}
