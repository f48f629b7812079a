using CsCheck;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

/// <summary>One state, however the lanes interleave, repeat or mix up what they tell.</summary>
public sealed class SubjectFactsTests
{
    private static readonly Gen<(object Fact, Told Told)[]> History = Gen.Select(Sample.Child.Array[0, 5], Sample.Schooling.Array[0, 5], (children, schoolings) =>
        children.Select((c, i) => ((object)new ChildRecorded(Sample.Id, ChildChange.Moved, c), new Told("registry", 10 + i, 1 + i)))
            .Concat(schoolings.Select((s, i) => ((object)s, new Told("education", 100 + i, 1 + i)))).ToArray());

    [Fact]
    public void Any_order_and_any_repetition_end_in_the_state_told_last() => Gen.Select(History, Gen.Int.Array[20]).Sample((history, dice) =>
    {
        var expected = Fold(history);
        var mixed = history.Concat(history).Select((h, i) => (h, dice[i % dice.Length] ^ i)).OrderBy(h => h.Item2).Select(h => h.h);
        Assert.Equal(expected, Fold(mixed));
        Assert.Equal(expected, Fold(history.Concat(history)));
        Assert.Equal(expected, Fold(history.Reverse()));
    });

    [Fact]
    public void A_fact_older_than_what_is_known_changes_nothing_at_all()
    {
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1)));
        var closed = new ChildRecorded(Sample.Id, ChildChange.Closed, Sample.LeftBehind(null) with { State = FileState.Adult });
        Assert.Same(child, child.After(closed, new("registry", 1, 1)));
        Assert.Same(child, child.After(closed, new("registry", 0, 9)));
        Assert.NotSame(child, child.After(closed, new("registry", 2, 2)));
    }

    [Fact]
    public void Groups_of_two_sources_do_not_hold_each_other_back()
    {
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1)), new(Sample.Id, Guid.NewGuid(), Schooling.Primary, true));
        Assert.Equal((1L, 1L), (child.Child!.Sequence, child.Schooling!.Sequence));
        child = child.After(new ChildSchoolingRecorded(Sample.Id, null, Schooling.NotCollected, null), new("education", 2, 2));
        Assert.Equal((1L, 2L, Schooling.NotCollected), (child.Child!.Sequence, child.Schooling!.Sequence, child.Schooling.Facts.Schooling));
    }

    [Fact]
    public void Facts_that_are_not_counted_change_nothing()
    {
        var child = Sample.Of(Sample.LeftBehind(null));
        Assert.Same(child, child.After(new PupilMatched(Guid.NewGuid(), Sample.Id), new("registry", 9, 9)));
    }

    [Fact]
    public void A_child_counts_by_residence_and_a_pupil_by_its_school()
    {
        Assert.Equal((SubjectKind.Child, Sample.Village), (Sample.Of(Sample.LeftBehind(null)).Kind, Sample.Of(Sample.LeftBehind(null)).Village!.Value));
        var pupil = Sample.Of(new PupilFacts(EnrolmentState.Enrolled, Sample.Village, Stage.Primary, null, Sex.Male, null, null));
        Assert.Equal((SubjectKind.Pupil, Sample.Village), (pupil.Kind, pupil.Village!.Value));
    }

    private static SubjectFacts Fold(IEnumerable<(object Fact, Told Told)> history) =>
        history.Aggregate(new SubjectFacts(), (subject, h) => subject.After(h.Fact, h.Told));
}
