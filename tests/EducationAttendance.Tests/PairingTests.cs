using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pairings;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>Pairing of a pupil with a helper: begun by commitment, supported, planned, ended by people or by the roll.</summary>
public class PairingTests
{
    private static readonly DateOnly Began = new(2026, 3, 9), Later = new(2026, 4, 1);
    private static readonly Pupil Enrolled = Sample.Enrolled();
    private static readonly Sealed Text = Sample.PersonKey.SealJson("谈心记录");
    private static readonly Pairing Never = Pairing.New(Pairing.IdOf(Enrolled.Id)), Active = Done(Never, PairingAct.Begin, Began), Ended = Done(Active, PairingAct.End, Later);

    [Fact]
    public void Every_act_is_possible_exactly_where_the_table_has_it()
    {
        foreach (var row in Pairing.Transitions)
            foreach (var known in new[] { Never, Active, Ended })
                if (known.Active == row.WhileActive)
                    Assert.Equal(row.Act is not PairingAct.End, Done(known, row.Act, Later).Active);
                else
                    Assert.Equal(row.Otherwise, Assert.Throws<RejectedException>(() => Does(known, row.Act, Later).ToList()).Message);
        Assert.Equal(Enum.GetValues<PairingAct>(), Pairing.Transitions.Select(t => t.Act));
    }

    [Theory]
    [InlineData(SupportKind.Talk, 1, 0, 0)]
    [InlineData(SupportKind.HomeVisit, 0, 1, 0)]
    [InlineData(SupportKind.HelpedCall, 0, 0, 1)]
    public void What_was_done_is_counted_by_its_kind(SupportKind kind, int talks, int visits, int calls)
    {
        var facts = Assert.Single(Active.Support(Guid.NewGuid(), kind, Later, Text)).After;
        Assert.Equal((talks, visits, calls), (facts.Talks, facts.HomeVisits, facts.HelpedCalls));
    }

    [Fact]
    public void Paired_anew_all_begins_at_nothing()
    {
        var supported = Done(Done(Active, PairingAct.Support, Later), PairingAct.Plan, Later);
        Assert.Equal((1, true, 1), (supported.Facts!.Talks, supported.Facts.HasPlan, supported.Record.Count));
        var again = Done(Done(supported, PairingAct.End, Later), PairingAct.Begin, Later);
        Assert.Equal((0, false, null, null), (again.Facts!.Talks, again.Facts.HasPlan, again.Plan, again.Ended));
        Assert.Empty(again.Record);
    }

    [Fact]
    public void A_commitment_not_signed_is_told() =>
        Assert.False(Assert.Single(Never.Begin(Guid.NewGuid(), Enrolled, PairingNeed.Hardship, "t-1", null, Began)).After.CommitmentSigned);

    [Fact]
    public void Nothing_is_done_before_the_pairing_began_nor_begun_before_the_last_one_ended()
    {
        foreach (var act in new[] { PairingAct.Support, PairingAct.Plan, PairingAct.End })
            Assert.Throws<RejectedException>(() => Does(Active, act, Began.AddDays(-1)).ToList());
        Assert.Throws<RejectedException>(() => Does(Ended, PairingAct.Begin, Later.AddDays(-1)).ToList());
    }

    [Fact]
    public void Only_who_is_enrolled_is_paired() => Assert.All(Enum.GetValues<EnrolmentState>().Where(s => s is not EnrolmentState.Enrolled), state =>
        Assert.Throws<RejectedException>(() => Never.Begin(Guid.NewGuid(), Sample.Enrolled(Sample.Facts with { State = state }), PairingNeed.LeftBehind, "t-1", Began, Began).ToList()));

    [Fact]
    public void A_request_taken_before_does_nothing_anew_and_nothing_else()
    {
        var request = Guid.NewGuid();
        var known = Active.Support(request, SupportKind.Talk, Later, Text).Aggregate(Active, (p, e) => p.After(e));
        Assert.Empty(known.Support(request, SupportKind.Talk, Later, Text));
        Assert.Throws<RejectedException>(() => known.MakePlan(request, Text, Later).ToList());
        var ended = Done(known, PairingAct.End, Later);
        Assert.Empty(ended.Support(request, SupportKind.Talk, Later, Text));
    }

    [Fact]
    public void Who_leaves_the_school_or_the_roll_or_is_erased_is_paired_no_more()
    {
        EnrolmentState[] stays = [EnrolmentState.Enrolled, EnrolmentState.OnLeave, EnrolmentState.HomeTaught, EnrolmentState.DroppedOut];
        Assert.All(Enum.GetValues<EnrolmentState>(), state => Assert.Equal(stays.Contains(state), !Active.Follow(Sample.Enrolled(Sample.Facts with { State = state }), Later).Any()));
        Assert.Single(Active.Follow(Sample.Pupil(new PupilEnrolled("S2", Sample.Identity(), Sample.Facts)), Later));
        var erased = Assert.Single(Active.Follow(Enrolled.After(new PupilErased(Sample.Facts)), Later));
        Assert.Equal(PairingEnd.PupilLeft, Assert.IsType<PairingEnded>(erased).Reason);
        Assert.Empty(Ended.Follow(Enrolled.After(new PupilErased(Sample.Facts)), Later));
    }

    [Fact]
    public void Every_event_is_told_of_the_pairing_and_of_the_pupil_without_its_texts()
    {
        IPairingEvent[] all =
        [
            .. Does(Never, PairingAct.Begin, Began), .. Enum.GetValues<SupportKind>().SelectMany(kind => Active.Support(Guid.NewGuid(), kind, Later, Text)),
            .. Does(Active, PairingAct.Plan, Later), .. Does(Active, PairingAct.End, Later),
        ];
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IPairingEvent))).OrderBy(t => t.Name), all.Select(e => e.GetType()).Distinct().OrderBy(t => t.Name));
        Assert.Equal(Enum.GetValues<PairingChange>(), all.Select(e => Told(e)[0]).Select(f => ((PairingRecorded)f.Fact).Change).Order());
        Assert.All(all, e =>
        {
            Assert.Equal([Never.Id, Enrolled.Id], Told(e).Select(f => f.Subject));
            Assert.All(Told(e), f => Assert.Equal(e.After, ((PairingRecorded)f.Fact).After));
        });
    }

    private static List<Pages.RelayedFact> Told(IPairingEvent e) => [.. new EducationRelay().Translate(new(1, Guid.Empty, Never.Id, 1, e, new(DateTimeOffset.UnixEpoch, Began)))];

    private static IEnumerable<IPairingEvent> Does(Pairing known, PairingAct act, DateOnly on) => act switch
    {
        PairingAct.Begin => known.Begin(Guid.NewGuid(), Enrolled, PairingNeed.LeftBehind, "t-1", Began, on),
        PairingAct.Support => known.Support(Guid.NewGuid(), SupportKind.Talk, on, Text),
        PairingAct.Plan => known.MakePlan(Guid.NewGuid(), Text, on),
        _ => known.End(Guid.NewGuid(), PairingEnd.Completed, on, null),
    };

    private static Pairing Done(Pairing known, PairingAct act, DateOnly on) => Does(known, act, on).Aggregate(known, (p, e) => p.After(e));
}
