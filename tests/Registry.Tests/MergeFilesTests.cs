using CsCheck;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Tests;

public sealed class MergeFilesTests
{
    private static readonly DateOnly Long = new(2020, 1, 1);

    private static readonly Gen<Func<Child, IChildEvent?>> Rows = Gen.OneOf(
        Gen.Select(Gen.Enum<Parent>(), Gen.Enum<ParentState>(), Gen.Int[1, 400])
            .Select(t => (Func<Child, IChildEvent?>)(c => new ParentStatusRecorded(t.Item1, t.Item2, Samples.Today.AddDays(-t.Item3), null, c.Facts))),
        Gen.Enum<CarerKind>().Select(kind => (Func<Child, IChildEvent?>)(c => Named(c, c.Own with { Carer = kind }))),
        Gen.Select(Gen.Int[0, 3], Gen.Enum<Sex>()).Select(t => (Func<Child, IChildEvent?>)(c => Corrected(c, c.Own with { BirthDate = t.Item1 == 0 ? c.Own.BirthDate : new DateOnly(2010 + t.Item1, 5, 1), Sex = t.Item2 }))),
        Gen.Select(Gen.Bool.Select(b => b ? AidKinds.MinimumLiving : AidKinds.Medical), Gen.Bool).Select(t => (Func<Child, IChildEvent?>)(c => RecordNeeds.Aid(c, t.Item1, t.Item2, "aid"))),
        Gen.Enum<DisabilityGrade>().Select(grade => (Func<Child, IChildEvent?>)(c => RecordNeeds.Disability(c, grade, null, "dpf"))),
        Gen.Enum<GuardianKind>().Select(kind => (Func<Child, IChildEvent?>)(c => RecordNeeds.Guardian(c, kind, "police"))));

    private static readonly Gen<List<(bool OfMerged, Func<Child, IChildEvent?> Row)>> Told = Gen.Select(Gen.Bool, Rows).List[0, 12];

    [Fact]
    public void A_merge_taken_back_leaves_each_file_as_if_it_had_never_been() => Gen.Select(Told, Told).Sample((before, meanwhile) =>
    {
        var (one, other) = (Samples.File(null), Samples.File(null));
        var apart = new Files(one, other);
        before.Concat(meanwhile).ToList().ForEach(t => apart.Take(t.OfMerged ? one.Id : other.Id, t.Row));

        var merged = new Files(one, other);
        before.ForEach(t => merged.Take(t.OfMerged ? one.Id : other.Id, t.Row));
        merged.Keep(MergeFiles.Confirm(merged[one.Id], merged[other.Id], [], Samples.Today));
        Assert.Equal(FileState.MergedInto, merged[one.Id].Facts.State);
        meanwhile.ForEach(t => merged.Take(t.OfMerged ? one.Id : other.Id, t.Row));
        Assert.Equal(ChildCategory.None, merged[one.Id].Facts.Category);
        merged.Keep(MergeFiles.Unlink(merged[one.Id], merged[other.Id], [], UnmergeReason.MergedInError, id => merged[id], Samples.Today));

        Assert.Equal(apart[one.Id].Facts, merged[one.Id].Facts);
        Assert.Equal(apart[other.Id].Facts, merged[other.Id].Facts);
    });

    [Fact]
    public void What_the_merged_file_knows_counts_where_the_other_knows_nothing()
    {
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Long), (Parent.Mother, ParentState.OutForWork, Long)).On(Samples.Today);
        var other = Samples.File(null, Households.Residency.Unknown);
        var files = new Files(child.After(Named(child, child.Own with { Carer = CarerKind.Grandparents })), other);
        files.Keep(MergeFiles.Confirm(files[child.Id], other, [], Samples.Today));
        var counts = files[other.Id].Facts;
        Assert.Equal((ChildCategory.LeftBehind, new DateOnly(2016, 5, 1), CarerKind.Grandparents), (counts.Category, counts.BirthDate!.Value, counts.Carer));
        Assert.Equal(CategoryReasons.FactsCorrected, files[other.Id].Determined!.Why);

        files.Take(other.Id, c => new ParentStatusRecorded(Parent.Mother, ParentState.AtHome, Long, null, c.Facts));
        Assert.Equal(ChildCategory.None, files[other.Id].Facts.Category);
        files.Take(child.Id, c => new ParentStatusRecorded(Parent.Mother, ParentState.Imprisoned, Samples.Today, null, c.Facts));
        Assert.Equal(ChildCategory.None, files[other.Id].Facts.Category);
    }

    [Fact]
    public void What_is_told_of_a_merged_file_counts_at_the_end_of_the_chain()
    {
        var (first, second, third) = (Samples.File(null), Samples.File(null), Samples.File(new(2016, 5, 1)));
        var files = new Files(first, second, third);
        files.Keep(MergeFiles.Confirm(first, second, [], Samples.Today));
        files.Keep(MergeFiles.Confirm(files[second.Id], third, [], Samples.Today));
        foreach (var parent in Enum.GetValues<Parent>())
            files.Take(first.Id, c => new ParentStatusRecorded(parent, ParentState.OutForWork, Long, null, c.Facts));
        Assert.Equal(ChildCategory.LeftBehind, files[third.Id].Facts.Category);
        files.Keep(MergeFiles.Unlink(files[first.Id], files[second.Id], [], UnmergeReason.NewEvidence, id => files[id], Samples.Today));
        Assert.Equal((ChildCategory.Undetermined, ChildCategory.None), (files[first.Id].Facts.Category, files[third.Id].Facts.Category));
    }

    [Fact]
    public void A_merge_closes_one_file_and_an_unlink_opens_it_with_its_own_category()
    {
        var pupils = new[] { Guid.NewGuid() };
        var child = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Long), (Parent.Mother, ParentState.OutForWork, Long)).On(Samples.Today);
        var other = Samples.File(new(2016, 5, 1));
        var files = new Files(child, other);
        var events = MergeFiles.Confirm(child, other, pupils, Samples.Today).ToList();
        Assert.Equal(pupils, events.Select(e => e.Event).OfType<DuplicateJoined>().Single().Pupils);
        files.Keep(events);
        var merged = files[child.Id];
        Assert.Equal((FileState.MergedInto, ChildCategory.None, (Guid?)other.Id), (merged.Facts.State, merged.Facts.Category, merged.MergedInto));
        Assert.Empty(MergeFiles.Confirm(merged, files[other.Id], pupils, Samples.Today));

        files.Keep(MergeFiles.Unlink(merged, files[other.Id], pupils, UnmergeReason.MergedInError, id => files[id], Samples.Today));
        Assert.Equal((child.Facts, null), (files[child.Id].Facts, files[child.Id].MergedInto));
        Assert.Empty(MergeFiles.Unlink(files[child.Id], files[other.Id], pupils, UnmergeReason.MergedInError, id => files[id], Samples.Today));
    }

    [Fact]
    public void A_closed_file_is_not_merged_nor_one_with_itself()
    {
        var (child, other) = (Samples.File(new(2016, 5, 1)), Samples.File(new(2016, 5, 1)));
        var closed = other.After(new ChildFileClosed(other.Facts with { State = FileState.Deceased }));
        Assert.Throws<RejectedException>(() => MergeFiles.Confirm(child, closed, [], Samples.Today).ToList());
        Assert.Throws<RejectedException>(() => MergeFiles.Confirm(child, child, [], Samples.Today).ToList());
        Assert.Throws<RejectedException>(() => MergeFiles.Dismiss(child, other.Id, DismissalReason.Twins, null).ToList());
    }

    private static CarerNamed Named(Child file, OwnFacts own) => new(null, "c", GroupFacts.Told(file, own), GroupFacts.Kept(file, own));

    private static ChildIdentityCorrected Corrected(Child file, OwnFacts own) => new(Samples.Closed, "d", null, GroupFacts.Told(file, own), GroupFacts.Kept(file, own));

    /// <summary>Files that take what is told of them as the way in does: a merged one passes it on, and the one that counts is determined anew.</summary>
    private sealed class Files(params Child[] files)
    {
        private readonly Dictionary<Guid, Child> files = files.ToDictionary(f => f.Id);

        public Child this[Guid id] => files[id];

        public void Keep(IEnumerable<(Guid File, IChildEvent Event)> events) => events.ToList().ForEach(e => files[e.File] = files[e.File].After(e.Event));

        public void Take(Guid file, Func<Child, IChildEvent?> row)
        {
            if (row(files[file]) is not { } told)
                return;
            files[file] = files[file].After(told);
            Keep(MergeFiles.Tell(files[file], id => files[id]));
            var counts = Canonical.Of(files, file);
            Keep(DetermineCategory.Decide(counts, Samples.Today).Select(e => (counts.Id, e)));
        }
    }
}
