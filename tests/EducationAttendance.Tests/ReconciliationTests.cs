using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using static LeftBehind.Contracts.Education.ReconciliationKind;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>What differs between roll and Registry, and what becomes of a difference.</summary>
public class ReconciliationTests
{
    private static readonly DateOnly Today = new(2026, 4, 27);
    private static readonly Guid PupilId = Sample.Pupil().Id, Request = Guid.NewGuid();
    private static readonly Sealed Reason = Sample.PersonKey.SealJson("已核对");
    private static readonly RollSide Roll = RollSide.Of(Sample.Enrolled(Sample.Facts with { ChildId = Sample.Child }));
    private static readonly RegistrySide Left = new(FileState.Open, true, new(2012, 5, 1));

    [Theory]
    [InlineData(true, false, LeftBehindInRegistry)]
    [InlineData(false, true, LeftBehindOnRoll)]
    [InlineData(true, true, null)]
    [InlineData(false, false, null)]
    [InlineData(null, true, null)]
    [InlineData(true, null, null)]
    public void Left_behind_differs_only_where_both_tell(bool? registry, bool? roll, ReconciliationKind? differs) =>
        Assert.Equal(differs is { } kind ? [kind] : [], Differences.Between(Roll with { LeftBehind = roll }, Left with { LeftBehind = registry }, overdue: true, Today));

    [Fact]
    public void From_the_16th_birthday_on_the_rolls_flag_differs_from_nothing()
    {
        var (claimed, not) = (Roll with { LeftBehind = true }, Left with { LeftBehind = false });
        Assert.Equal([LeftBehindOnRoll], Differences.Between(claimed, not, overdue: false, new(2028, 4, 30)));
        Assert.Empty(Differences.Between(claimed, not, overdue: false, new(2028, 5, 1)));
        Assert.Equal([LeftBehindOnRoll], Differences.Between(claimed, not with { Born = null }, overdue: false, new(2040, 1, 1)));
    }

    [Theory]
    [InlineData(FileState.Open, true, false, null)]
    [InlineData(FileState.Deceased, true, false, DeceasedInRegistry)]
    [InlineData(FileState.MovedAway, true, false, MovedInRegistry)]
    [InlineData(FileState.Adult, true, false, null)]
    [InlineData(FileState.EnteredInError, true, false, null)]
    [InlineData(FileState.MergedInto, true, false, null)]
    [InlineData(FileState.Open, false, true, DeceasedOnRoll)]
    [InlineData(FileState.Deceased, false, true, null)]
    [InlineData(FileState.Deceased, false, false, null)]
    [InlineData(FileState.MovedAway, false, false, null)]
    public void Death_and_moving_differ_by_the_file_and_the_roll(FileState state, bool onRoll, bool died, ReconciliationKind? differs) =>
        Assert.Equal(differs is { } kind ? [kind] : [], Differences.Between(Roll with { OnRoll = onRoll, Died = died }, Left with { State = state }, overdue: true, Today));

    [Fact]
    public void Without_a_file_only_the_waiting_differs()
    {
        var waiting = Roll with { Child = null, LeftBehind = false };
        Assert.Equal([NotInRegistry], Differences.Between(waiting, null, overdue: true, Today));
        Assert.Empty(Differences.Between(waiting, null, overdue: false, Today));
        Assert.Empty(Differences.Between(waiting with { OnRoll = false }, null, overdue: true, Today));
        Assert.Empty(Differences.Between(Roll with { LeftBehind = false }, null, overdue: true, Today));
    }

    [Fact]
    public void Who_left_the_roll_or_was_erased_is_compared_no_more()
    {
        Assert.All(Enum.GetValues<EnrolmentState>(), state => Assert.Equal(
            state is not (EnrolmentState.TransferredOut or EnrolmentState.Graduated or EnrolmentState.Left), RollSide.Of(Sample.Enrolled(Sample.Facts with { State = state })).OnRoll));
        var died = Sample.Enrolled().After(new PupilLeft(LeftReason.Died, Sample.Facts with { State = EnrolmentState.Left }));
        Assert.True(RollSide.Of(died).Died);
        Assert.False(RollSide.Of(died.After(new PupilErased(died.Facts))).Died);
        Assert.False(RollSide.Of(Sample.Enrolled().After(new PupilErased(Sample.Facts))).OnRoll);
    }

    [Theory]
    [InlineData(ChildCategory.LeftBehind, true)]
    [InlineData(ChildCategory.LeftBehindInDifficulty, true)]
    [InlineData(ChildCategory.None, false)]
    [InlineData(ChildCategory.InDifficulty, false)]
    [InlineData(ChildCategory.Undetermined, null)]
    [InlineData(ChildCategory.UndeterminedInDifficulty, null)]
    public void What_Registry_cannot_tell_differs_from_nothing(ChildCategory category, bool? leftBehind) => Assert.Equal(leftBehind, RegistrySide.Of(new(
        FileState.Open, Sample.Id(Sample.Here), null, Sex.Female, category, null, CarerKind.NotCollected, true)).LeftBehind);

    [Fact]
    public void Every_act_is_possible_exactly_where_the_table_has_it()
    {
        foreach (var act in Enum.GetValues<ReconciliationAct>())
            foreach (var state in Enum.GetValues<ReconciliationState>().Cast<ReconciliationState?>().Prepend(null))
            {
                var (known, allowed) = (At(state), ReconciliationCase.Transitions.Single(t => t.Act == act));
                if (allowed.From.Contains(state))
                    Assert.Equal(allowed.To, Does(act, known).Aggregate(known, (c, e) => c.After(e)).Facts!.State);
                else if (act is ReconciliationAct.Decide)
                    Assert.Throws<RejectedException>(() => Does(act, known).ToList());
                else
                    Assert.Empty(Does(act, known));
            }
    }

    [Fact]
    public void A_decided_difference_is_open_again_only_after_it_was_gone()
    {
        var decided = At(ReconciliationState.Decided);
        Assert.Empty(decided.Find(PupilId, LeftBehindOnRoll, Sample.Id(Sample.Here), Today));
        var back = decided.Lose(Today).Aggregate(decided, (c, e) => c.After(e)) is var gone ? gone.Find(PupilId, LeftBehindOnRoll, Sample.Id(Sample.Here), Today).Aggregate(gone, (c, e) => c.After(e)) : gone;
        Assert.Equal((ReconciliationState.Open, 4, null, null), (back.Facts!.State, back.FoundAt, back.Facts.Decision, back.Reason));
    }

    [Fact]
    public void A_request_taken_before_decides_nothing_anew_and_nothing_else()
    {
        var decided = At(ReconciliationState.Decided);
        Assert.Empty(decided.Decide(Request, ReconciliationDecision.BothStand, Reason, Today));
        Assert.Throws<RejectedException>(() => decided.Decide(Request, ReconciliationDecision.RollIsRight, Reason, Today));
    }

    [Fact]
    public void A_missing_file_is_owed_by_the_towns_civil_affairs_and_all_else_by_the_countys_education() =>
        Assert.All(Enum.GetValues<ReconciliationKind>(), kind => Assert.Equal(
            kind is NotInRegistry ? (DivisionLevel.Town, OwnerDepartment.CivilAffairs) : (DivisionLevel.County, OwnerDepartment.Education), ReconciliationDuties.OwnerOf(kind)));

    [Fact]
    public void Every_event_is_told_of_the_case_and_of_the_pupil_without_its_reason()
    {
        IReconciliationEvent[] all = [.. At(null).Find(PupilId, LeftBehindOnRoll, Sample.Id(Sample.Here), Today), .. Does(ReconciliationAct.Decide, At(ReconciliationState.Open)), .. At(ReconciliationState.Open).Lose(Today)];
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IReconciliationEvent))).OrderBy(t => t.Name), all.Select(e => e.GetType()).OrderBy(t => t.Name));
        var id = ReconciliationCase.IdOf(PupilId, LeftBehindOnRoll);
        Assert.All(all, e =>
        {
            var told = new EducationRelay().Translate(new(1, Guid.Empty, id, 1, e, new(DateTimeOffset.UnixEpoch, Today))).ToList();
            Assert.Equal([id, PupilId], told.Select(f => f.Subject));
            Assert.All(told, f => Assert.Equal(e.After, Assert.IsType<ReconciliationRecorded>(f.Fact).After));
        });
    }

    private static IEnumerable<IReconciliationEvent> Does(ReconciliationAct act, ReconciliationCase known) => act switch
    {
        ReconciliationAct.Find => known.Find(PupilId, LeftBehindOnRoll, Sample.Id(Sample.Here), Today),
        ReconciliationAct.Lose => known.Lose(Today),
        _ => known.Decide(act is ReconciliationAct.Decide && known.Requests.IsEmpty ? Request : Guid.NewGuid(), ReconciliationDecision.BothStand, Reason, Today),
    };

    private static ReconciliationCase At(ReconciliationState? state) => state switch
    {
        null => ReconciliationCase.New(ReconciliationCase.IdOf(PupilId, LeftBehindOnRoll)),
        ReconciliationState.Open => After(ReconciliationAct.Find, null),
        ReconciliationState.Decided => After(ReconciliationAct.Decide, ReconciliationState.Open),
        _ => After(ReconciliationAct.Lose, ReconciliationState.Open),
    };

    private static ReconciliationCase After(ReconciliationAct act, ReconciliationState? state) => Does(act, At(state)).Aggregate(At(state), (c, e) => c.After(e));
}
