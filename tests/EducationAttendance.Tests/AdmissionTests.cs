using System.Text.Json;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EducationAttendance.Admissions;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>A refused admission: one of a child, a school and a day, settled once, reported once.</summary>
public class AdmissionTests
{
    private static readonly DateOnly Refused = new(2026, 9, 1), Later = new(2026, 9, 3);
    private static readonly DateTimeOffset Now = new(2026, 9, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly RefusedChild Of = new(Sample.Child, Sample.Pupil().Id);
    private static readonly Guid Request = Guid.NewGuid();
    private static readonly AdmissionRefusal Never = AdmissionRefusal.New(AdmissionRefusal.IdOf(Of, Sample.Id(Sample.Here), "S9", Refused));
    private static readonly AdmissionRefusal Open = After(Never, Refuse(Never)), Settled = After(Open, Open.Settle(Request, AdmissionOutcome.AdmittedThere, null, Later));

    [Fact]
    public void Every_act_is_possible_exactly_where_the_table_has_it()
    {
        Assert.Equal(Enum.GetValues<AdmissionAct>(), AdmissionRefusal.Transitions.Select(t => t.Act));
        foreach (var known in new[] { Never, Open, Settled })
        {
            // Told again, a refusal is as it was.
            Assert.Equal(AdmissionRefusal.Allows(AdmissionAct.Refuse, known.Facts?.State), Refuse(known).Any());
            if (AdmissionRefusal.Allows(AdmissionAct.Settle, known.Facts?.State))
                Assert.Single(known.Settle(Guid.NewGuid(), AdmissionOutcome.AdmittedThere, null, Later));
            else
                Assert.Throws<RejectedException>(() => known.Settle(Guid.NewGuid(), AdmissionOutcome.AdmittedThere, null, Later).ToList());
        }
        Assert.All(AdmissionRefusal.Transitions, t => Assert.Equal(t.To, (t.Act is AdmissionAct.Refuse ? Open : Settled).Facts!.State));
    }

    [Fact]
    public void The_same_child_school_and_day_is_one_refusal_also_of_the_pupil_behind_the_file()
    {
        var (here, there) = (Sample.Id(Sample.Here), Sample.Id(Sample.Elsewhere));
        Assert.Equal(Never.Id, AdmissionRefusal.IdOf(Of with { Pupil = null }, here, "S9", Refused));
        Guid[] others =
        [
            AdmissionRefusal.IdOf(new(null, Of.Pupil), here, "S9", Refused), AdmissionRefusal.IdOf(Of, there, "S9", Refused),
            AdmissionRefusal.IdOf(Of, here, "S8", Refused), AdmissionRefusal.IdOf(Of, here, "S9", Later),
        ];
        Assert.Equal(5, others.Append(Never.Id).Distinct().Count());
    }

    [Fact]
    public void A_request_taken_before_settles_nothing_anew_and_nothing_else()
    {
        Assert.Empty(Settled.Settle(Request, AdmissionOutcome.AdmittedThere, null, Later));
        Assert.Throws<RejectedException>(() => Settled.Settle(Request, AdmissionOutcome.NoRefusal, null, Later).ToList());
    }

    [Fact]
    public void Nothing_is_settled_before_it_was_refused_nor_elsewhere_at_the_same_school()
    {
        Assert.Throws<RejectedException>(() => Open.Settle(Request, AdmissionOutcome.AdmittedThere, null, Refused.AddDays(-1)).ToList());
        Assert.Throws<RejectedException>(() => Open.Settle(Request, AdmissionOutcome.AdmittedElsewhere, "S9", Later).ToList());
        Assert.Equal("S8", After(Open, Open.Settle(Request, AdmissionOutcome.AdmittedElsewhere, "S8", Refused)).AdmittedBy);
    }

    [Fact]
    public void The_countys_education_owes_the_admission_and_no_refusal_is_let_go()
    {
        var duty = AdmissionDuties.Opening(Open, Sample.Tree, new(Now, Refused));
        Assert.Equal((Sample.Id("431003"), OwnerDepartment.Education, ObligationBasis.PlatformDefault), (duty.Division, duty.Department, duty.Terms.Basis));
        Assert.StartsWith("平台默认", duty.Terms.Citation, StringComparison.Ordinal);
        Assert.All(Enum.GetValues<AdmissionOutcome>(), outcome =>
            Assert.Equal(outcome is not AdmissionOutcome.NoRefusal, AdmissionDuties.IsDone(After(Open, Open.Settle(Guid.NewGuid(), outcome, null, Later)))));
        Assert.False(AdmissionDuties.IsDone(Open));
    }

    [Fact]
    public void Every_event_is_told_of_the_refusal_and_of_the_child_and_the_refusal_alone_is_reported_once()
    {
        IAdmissionEvent[] all = [.. Refuse(Never), .. Open.Settle(Request, AdmissionOutcome.AdmittedThere, null, Later)];
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IAdmissionEvent))).OrderBy(t => t.Name), all.Select(e => e.GetType()).OrderBy(t => t.Name));
        Assert.Equal(Enum.GetValues<AdmissionChange>(), all.Select(e => ((AdmissionRecorded)Told(e)[0].Fact).Change));
        Assert.All(all, e =>
        {
            Assert.Equal([Never.Id, Sample.Child], Told(e).Where(f => f.Fact is AdmissionRecorded).Select(f => f.Subject));
            Assert.Equal(e, EducationModule.Events.Read(EducationModule.Events.NameOf(e), JsonSerializer.Serialize<object>(e, EventTypes.Json)));
        });
        var reported = Assert.Single(all.SelectMany(Told), f => f.Fact is AdmissionRefused);
        Assert.Equal((Never.Id, new AdmissionRefused(Never.Id, Of.Pupil, Of.Child, Sample.Id(Sample.Here), "S9", Now)), (reported.Subject, (AdmissionRefused)reported.Fact));
        var (onRollAlone, pupil) = (Of with { Child = null }, Of.Pupil!.Value);
        Assert.Equal([Never.Id, pupil, Never.Id], Told(Assert.Single(Refuse(Never, onRollAlone))).Select(f => f.Subject));
    }

    private static IEnumerable<IAdmissionEvent> Refuse(AdmissionRefusal known, RefusedChild? of = null) =>
        known.Refuse(Guid.NewGuid(), of ?? Of, Sample.Id(Sample.Here), "S9", Refused, RefusalReason.NoPlaces, RefusalToldBy.Guardian, Now);

    private static AdmissionRefusal After(AdmissionRefusal known, IEnumerable<IAdmissionEvent> events) => events.Aggregate(known, (k, e) => k.After(e));

    private static List<Pages.RelayedFact> Told(IAdmissionEvent e) => [.. new EducationRelay().Translate(new(1, Guid.Empty, Never.Id, 1, e, new(Now, Refused)))];
}
