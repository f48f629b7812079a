using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Responses;

/// <summary>The police were asked to respond (应急处置).</summary>
[StoredName("response_opened")]
public sealed record ResponseOpened(CaseFacts Case, DateTimeOffset PoliceNotifiedAt);

[StoredName("measure_taken")]
public sealed record MeasureTaken(Measure Measure, DateTimeOffset At, string Organ, string? DocumentNo, string By);

[StoredName("measure_not_needed")]
public sealed record MeasureNotNeeded(Measure Measure, Sealed Reason, DateTimeOffset At, string By);

[StoredName("parents_found_unreachable")]
public sealed record ParentsFoundUnreachable(DateTimeOffset At, string By);

[StoredName("town_notified")]
public sealed record TownNotified(CaseFacts Case, DateTimeOffset At, string By);

[StoredName("county_civil_affairs_notified")]
public sealed record CountyCivilAffairsNotified(DateTimeOffset At, string By);

[StoredName("response_closed")]
public sealed record ResponseClosed(CaseFacts Case, DateTimeOffset At, IReadOnlyList<ResponseObligation> OpenObligations, string By);

/// <summary>How a measure was settled: taken by an organ, or not needed for a sealed reason.</summary>
public sealed record Settled(bool Taken, DateTimeOffset At, string? Organ, string? DocumentNo, Sealed? Reason);

/// <summary>What deciders need of a response.</summary>
public sealed record Response(Guid Id) : IFolded<Response>
{
    public static string StreamType => "response";

    public static Response New(Guid id) => new(id);

    public bool Exists { get; init; }
    public Guid Report { get; init; }
    public ImmutableSortedDictionary<Measure, Settled> Measures { get; init; } = ImmutableSortedDictionary<Measure, Settled>.Empty;
    public bool ParentsUnreachable { get; init; }
    public DateTimeOffset? TownNotifiedAt { get; init; }
    public DateTimeOffset? CountyNotifiedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public ImmutableHashSet<string> Handlers { get; init; } = [];

    public Response After(object @event) => @event switch
    {
        ResponseOpened e => this with { Exists = true, Report = e.Case.Report },
        MeasureTaken e => Handled(e.By) with { Measures = Measures.SetItem(e.Measure, new(true, e.At, e.Organ, e.DocumentNo, null)) },
        MeasureNotNeeded e => Handled(e.By) with { Measures = Measures.SetItem(e.Measure, new(false, e.At, null, null, e.Reason)) },
        ParentsFoundUnreachable e => Handled(e.By) with { ParentsUnreachable = true },
        TownNotified e => Handled(e.By) with { TownNotifiedAt = e.At },
        CountyCivilAffairsNotified e => Handled(e.By) with { CountyNotifiedAt = e.At },
        ResponseClosed e => Handled(e.By) with { ClosedAt = e.At },
        _ => this,
    };

    private Response Handled(string by) => this with { Handlers = Handlers.Add(by) };
}
