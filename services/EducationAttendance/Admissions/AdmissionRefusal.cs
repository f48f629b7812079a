using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>What is done with a refused admission.</summary>
public enum AdmissionAct { Refuse, Settle }

/// <summary>One row of the table: an act, the state it may be done in (null: before the first), and the state it leads to.</summary>
public sealed record AdmissionTransition(AdmissionAct Act, AdmissionState? From, AdmissionState To);

/// <summary>That a school refused one child on one day (拒收). One stream for the three, so that it is one report and one duty whoever tells of it. Pure.</summary>
public sealed record AdmissionRefusal(Guid Id) : IFolded<AdmissionRefusal>
{
    /// <summary>What is allowed when. Told again, a refusal is as it was.</summary>
    public static readonly IReadOnlyList<AdmissionTransition> Transitions =
    [
        new(AdmissionAct.Refuse, null, AdmissionState.Open),
        new(AdmissionAct.Settle, AdmissionState.Open, AdmissionState.Settled),
    ];

    public static string StreamType => "admission-refusal";

    public static AdmissionRefusal New(Guid id) => new(id);

    /// <summary>A pupil whose file is known is the child of that file.</summary>
    public static Guid IdOf(RefusedChild of, DivisionId school, string schoolNo, DateOnly on) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{of.Child ?? of.Pupil:N}/{school.Value}/{on.DayNumber}/{schoolNo}")).AsSpan(0, 16));

    public RefusedChild? Of { get; private init; }
    public AdmissionFacts? Facts { get; private init; }
    public string SchoolNo { get; private init; } = "";
    public RefusalToldBy ToldBy { get; private init; }
    public string? AdmittedBy { get; private init; }
    public long Version { get; private init; }

    /// <summary>Requests that were taken.</summary>
    public ImmutableHashSet<Guid> Requests { get; private init; } = [];

    public static bool Allows(AdmissionAct act, AdmissionState? at) => Transitions.Single(t => t.Act == act).From == at;

    /// <summary>Nothing where it is known.</summary>
    public IEnumerable<IAdmissionEvent> Refuse(
        Guid request, RefusedChild of, DivisionId school, string schoolNo, DateOnly on, RefusalReason reason, RefusalToldBy toldBy, DateTimeOffset now) =>
        Allows(AdmissionAct.Refuse, Facts?.State)
            ? [new AdmissionWasRefused(of, request, schoolNo, toldBy, now, new(school, AdmissionState.Open, reason, on))] : [];

    /// <summary>A request that was taken before settles nothing anew.</summary>
    public IEnumerable<IAdmissionEvent> Settle(Guid request, AdmissionOutcome outcome, string? admittedBy, DateOnly on)
    {
        if (Requests.Contains(request))
            return Facts!.Outcome == outcome && AdmittedBy == admittedBy && Facts.SettledOn == on ? [] : throw new RejectedException("request_id: was used for something else with this refusal");
        if (!Allows(AdmissionAct.Settle, Facts?.State))
            throw new RejectedException("the refusal is settled already");
        if (on < Facts!.RefusedOn)
            throw new RejectedException($"on: before {Facts.RefusedOn:yyyy-MM-dd}, the day of the refusal");
        return admittedBy is not null && admittedBy == SchoolNo
            ? throw new RejectedException("school_no: the school that refused; the outcome is ADMITTED_THERE")
            : [new AdmissionSettled(Of!, request, admittedBy, Facts with { State = AdmissionState.Settled, SettledOn = on, Outcome = outcome })];
    }

    public AdmissionRefusal After(object @event)
    {
        var next = @event is IAdmissionEvent e ? this with { Of = e.Of, Facts = e.After, Version = Version + 1, Requests = Requests.Add(e.Request) } : this;
        return @event switch
        {
            AdmissionWasRefused refused => next with { SchoolNo = refused.SchoolNo, ToldBy = refused.ToldBy },
            AdmissionSettled settled => next with { AdmittedBy = settled.AdmittedBy },
            _ => next,
        };
    }
}
