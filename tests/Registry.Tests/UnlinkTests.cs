using Grpc.Core;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Tests;

public sealed class UnlinkTests
{
    private static readonly DateOnly Born = new(2016, 5, 1);
    private static readonly Guid Pupil = Guid.NewGuid();
    private static readonly Child Linked = Samples.File(Born).After(new PupilLinked(Pupil, Samples.File(Born).Facts));

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(null, true, true)]
    [InlineData(true, null, true)]
    [InlineData(null, null, true)]
    [InlineData(false, true, false)]
    [InlineData(false, null, false)]
    [InlineData(true, false, false)]
    [InlineData(null, false, false)]
    public void A_link_stands_while_number_and_birth_date_do_not_differ_and_a_missing_one_is_no_veto(bool? sameNumber, bool? sameBirthDate, bool stands) =>
        Assert.Equal(stands, Ground.Stands(Linked, sameBirthDate is { } same ? same ? Born : Born.AddDays(1) : null, sameNumber));

    [Fact]
    public void A_file_without_a_birth_date_contradicts_none() => Assert.True(Ground.Stands(Samples.File(null), Born, true));

    [Theory]
    [InlineData(UnlinkGround.IdentityCorrected, false)]
    [InlineData(UnlinkGround.NotTheSameChild, true)]
    [InlineData(UnlinkGround.RollRecordWrong, true)]
    public void What_a_person_parted_is_remembered_and_what_a_rule_took_back_is_not(UnlinkGround ground, bool parted)
    {
        var child = Linked.After(new PupilUnlinked(Pupil, ground, Linked.Facts));
        Assert.Empty(child.Pupils);
        Assert.Equal(parted, child.Parted.Contains(Pupil));
    }

    [Fact]
    public void A_person_unlinks_once_at_the_version_seen()
    {
        var unlinked = Assert.Single(UnlinkPupil.Decide(new(Pupil, UnlinkGround.NotTheSameChild, 2), Linked));
        Assert.Equal((Pupil, UnlinkGround.NotTheSameChild, Linked.Facts), (unlinked.PupilId, unlinked.Ground, unlinked.After));
        Assert.Empty(UnlinkPupil.Decide(new(Pupil, UnlinkGround.NotTheSameChild, 2), Linked.After(unlinked)));
    }

    [Fact]
    public void At_another_version_nobody_is_unlinked_and_who_is_not_linked_needs_no_version()
    {
        Assert.Equal(StatusCode.Aborted, Assert.Throws<RpcException>(() => UnlinkPupil.Decide(new(Pupil, UnlinkGround.NotTheSameChild, 1), Linked)).StatusCode);
        Assert.Empty(UnlinkPupil.Decide(new(Guid.NewGuid(), UnlinkGround.NotTheSameChild, 1), Linked));
    }
}
