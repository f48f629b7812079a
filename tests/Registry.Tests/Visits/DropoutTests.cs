using LeftBehind.Contracts.Education;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Tests.Visits;

/// <summary>Whether a child has dropped out, of all the records that the roll has of it.</summary>
public sealed class DropoutTests
{
    private static readonly PupilSchooling Left = new(Guid.NewGuid(), Guid.NewGuid(), Schooling.DroppedOut, EnrolmentState.DroppedOut, new(2026, 3, 1), 5);

    [Fact]
    public void Who_left_compulsory_school_has_dropped_out() => Assert.True(PupilSchooling.IsDropout([Left]));

    [Fact]
    public void Who_attends_elsewhere_has_not_whichever_was_told_last() => Assert.False(PupilSchooling.IsDropout(
        [Left, new(Guid.NewGuid(), Left.Child, Schooling.Primary, EnrolmentState.Enrolled, new(2020, 9, 1), 1)]));

    [Fact]
    public void Of_records_that_ended_the_latest_day_counts()
    {
        var graduated = new PupilSchooling(Guid.NewGuid(), Left.Child, Schooling.NotCollected, EnrolmentState.Graduated, new(2026, 7, 1), 6);
        Assert.False(PupilSchooling.IsDropout([Left, graduated]));
        Assert.True(PupilSchooling.IsDropout([Left, graduated with { Since = new(2025, 7, 1) }]));
    }

    [Fact]
    public void Without_a_record_nothing_is_told() => Assert.False(PupilSchooling.IsDropout([]));
}
