using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests;

/// <summary>Open → closed, and back except from Deceased and MergedInto.</summary>
public sealed class CloseFileTests
{
    private static readonly DateOnly Ago = new(2020, 1, 1);
    private static readonly Child LeftBehindChild =
        Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, Ago), (Parent.Mother, ParentState.OutForWork, Ago)).On(Samples.Today);

    [Theory]
    [InlineData(FileState.Deceased)]
    [InlineData(FileState.MovedAway)]
    [InlineData(FileState.EnteredInError)]
    public void A_closed_file_is_of_no_category_and_closing_it_again_is_no_news(FileState state)
    {
        var closed = Closed(LeftBehindChild, state);
        Assert.Equal((state, ChildCategory.None, null, Difficulties.None), (closed.Facts.State, closed.Facts.Category, closed.Facts.Reason, closed.Facts.Difficulties));
        Assert.Empty(CloseFile.Close(closed, state));
        Assert.Empty(DetermineCategory.Decide(closed, Samples.Today));
    }

    [Fact]
    public void A_file_is_closed_for_one_reason_except_that_who_moved_away_may_die()
    {
        Assert.Throws<RejectedException>(() => CloseFile.Close(Closed(LeftBehindChild, FileState.Deceased), FileState.MovedAway));
        Assert.Throws<RejectedException>(() => CloseFile.Close(Closed(LeftBehindChild, FileState.EnteredInError), FileState.Deceased));
        Assert.Single(CloseFile.Close(Closed(LeftBehindChild, FileState.MovedAway), FileState.Deceased));
    }

    [Theory]
    [InlineData(FileState.MovedAway)]
    [InlineData(FileState.EnteredInError)]
    public void A_file_opens_again_with_the_category_that_holds_then(FileState state)
    {
        var decided = CloseFile.Reopen(Closed(LeftBehindChild, state), ReopenReason.MovedBack, Samples.Today).ToList();
        Assert.Equal((FileState.Open, ReopenReason.MovedBack), (decided[0].After.State, decided[0].After.Reopened));
        Assert.Equal((ChildCategory.LeftBehind, CategoryReasons.FileReopened), (decided[1].After.Category, Assert.IsType<CategoryChanged>(decided[1]).Why));
    }

    [Theory]
    [InlineData(FileState.Deceased)]
    [InlineData(FileState.MergedInto)]
    public void Deceased_and_merged_files_stay_closed(FileState state)
    {
        var closed = LeftBehindChild.After(new ChildFileClosed(DetermineCategory.Closed(LeftBehindChild.Facts, state)));
        Assert.Throws<RejectedException>(() => CloseFile.Reopen(closed, ReopenReason.ClosedInError, Samples.Today));
    }

    [Fact]
    public void An_adult_gets_no_file_back() => Assert.Throws<RejectedException>(() =>
        CloseFile.Reopen(Closed(LeftBehindChild, FileState.MovedAway), ReopenReason.MovedBack, new(2034, 5, 1)));

    [Fact]
    public void Opening_an_open_file_is_no_news() => Assert.Empty(CloseFile.Reopen(LeftBehindChild, ReopenReason.MovedBack, Samples.Today));

    [Fact]
    public void The_version_counts_the_events_of_the_file() => Assert.Equal(LeftBehindChild.Version + 1, Closed(LeftBehindChild, FileState.Deceased).Version);

    private static Child Closed(Child child, FileState state) => CloseFile.Close(child, state).Aggregate(child, (c, e) => c.After(e));
}
