using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Pairings;

/// <summary>What is done with a pairing.</summary>
public enum PairingAct { Begin, Support, Plan, End }

/// <summary>One row of the table: an act, whether it is possible while the pairing runs, and while it does not.</summary>
public sealed record PairingTransition(PairingAct Act, bool WhileActive, string Otherwise);

/// <summary>The pairing of one pupil. One stream a pupil: whoever is paired again begins anew in it. Pure.</summary>
public sealed record Pairing(Guid Id) : IFolded<Pairing>
{
    /// <summary>What is allowed when, and what a person is told otherwise.</summary>
    public static readonly IReadOnlyList<PairingTransition> Transitions =
    [
        new(PairingAct.Begin, WhileActive: false, "the pupil is paired; that pairing ends first"),
        new(PairingAct.Support, WhileActive: true, "the pupil is not paired"),
        new(PairingAct.Plan, WhileActive: true, "the pupil is not paired"),
        new(PairingAct.End, WhileActive: true, "the pupil is not paired"),
    ];

    public static string StreamType => "pairing";

    public static Pairing New(Guid id) => new(id);

    public static Guid IdOf(Guid pupil) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{pupil:N}")).AsSpan(0, 16));

    public Guid Pupil { get; private init; }
    public PairingFacts? Facts { get; private init; }
    public long Version { get; private init; }
    public string SchoolNo { get; private init; } = "";
    public string Helper { get; private init; } = "";
    public DateOnly? SignedOn { get; private init; }
    public PairingEnd? Ended { get; private init; }
    public Sealed? Plan { get; private init; }

    /// <summary>What was done since it began.</summary>
    public ImmutableList<SupportRecorded> Record { get; private init; } = [];

    /// <summary>Every request that was ever taken, with what it did.</summary>
    public ImmutableDictionary<Guid, PairingAct> Requests { get; private init; } = ImmutableDictionary<Guid, PairingAct>.Empty;

    public bool Active => Facts is { Active: true };

    public IEnumerable<IPairingEvent> Begin(Guid request, Pupil pupil, PairingNeed need, string helper, DateOnly? signedOn, DateOnly on)
    {
        if (Taken(request, PairingAct.Begin))
            return [];
        if (pupil.Facts.State is not EnrolmentState.Enrolled)
            throw new RejectedException("its school has not enrolled the pupil");
        if (Facts is { } before && on < before.Since)
            throw new RejectedException($"on: before {before.Since:yyyy-MM-dd}, the end of the pairing before");
        return [new PairingBegun(pupil.Id, request, pupil.SchoolNo, helper, signedOn, new(pupil.Facts.School, true, need, on, signedOn is not null))];
    }

    public IEnumerable<IPairingEvent> Support(Guid request, SupportKind kind, DateOnly on, Sealed? note)
    {
        if (Taken(request, PairingAct.Support))
            return [];
        var facts = Since(on);
        return [new SupportRecorded(Pupil, request, on, kind, note, kind switch
        {
            SupportKind.Talk => facts with { Talks = facts.Talks + 1 },
            SupportKind.HomeVisit => facts with { HomeVisits = facts.HomeVisits + 1 },
            _ => facts with { HelpedCalls = facts.HelpedCalls + 1 },
        })];
    }

    public IEnumerable<IPairingEvent> MakePlan(Guid request, Sealed plan, DateOnly on) =>
        Taken(request, PairingAct.Plan) ? [] : [new PairingPlanMade(Pupil, request, on, plan, Since(on) with { HasPlan = true })];

    public IEnumerable<IPairingEvent> End(Guid request, PairingEnd reason, DateOnly on, Sealed? note) =>
        Taken(request, PairingAct.End) ? [] : [new PairingEnded(Pupil, request, reason, note, Since(on) with { Active = false, Since = on })];

    /// <summary>The pupil left the school or the roll, or its data was erased.</summary>
    public IEnumerable<IPairingEvent> Follow(Pupil pupil, DateOnly on) =>
        Active && (pupil.Erased || pupil.SchoolNo != SchoolNo || pupil.Facts.State is not (EnrolmentState.Enrolled or EnrolmentState.OnLeave or EnrolmentState.HomeTaught or EnrolmentState.DroppedOut))
            ? [new PairingEnded(Pupil, null, PairingEnd.PupilLeft, null, Facts! with { Active = false, Since = on > Facts.Since ? on : Facts.Since })] : [];

    public Pairing After(object @event)
    {
        var next = @event is IPairingEvent e ? this with { Pupil = e.Pupil, Facts = e.After, Version = Version + 1 } : this;
        if (@event is IPairingEvent { Request: { } request })
            next = next with { Requests = Requests.SetItem(request, ActOf(@event)) };
        return @event switch
        {
            PairingBegun b => next with { SchoolNo = b.SchoolNo, Helper = b.Helper, SignedOn = b.SignedOn, Ended = null, Plan = null, Record = [] },
            SupportRecorded s => next with { Record = Record.Add(s) },
            PairingPlanMade p => next with { Plan = p.Plan },
            PairingEnded e2 => next with { Ended = e2.Reason },
            _ => next,
        };
    }

    private static PairingAct ActOf(object @event) => @event switch
    {
        PairingBegun => PairingAct.Begin,
        SupportRecorded => PairingAct.Support,
        PairingPlanMade => PairingAct.Plan,
        _ => PairingAct.End,
    };

    /// <summary>Whether the request was taken before; of something else it is nobody's repeat. What is new is possible now, or refused.</summary>
    private bool Taken(Guid request, PairingAct act)
    {
        if (Requests.TryGetValue(request, out var taken))
            return taken == act ? true : throw new RejectedException("request_id: was used for something else with this pupil");
        var row = Transitions.Single(t => t.Act == act);
        return row.WhileActive == Active ? false : throw new RejectedException(row.Otherwise);
    }

    private PairingFacts Since(DateOnly on) => on >= Facts!.Since ? Facts : throw new RejectedException($"on: before {Facts.Since:yyyy-MM-dd}, the day of the pairing");
}
