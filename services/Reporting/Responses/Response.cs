using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Responses;

/// <summary>How a measure was settled: taken by an organ, or not needed for a sealed reason.</summary>
public sealed record Settled(bool Taken, DateTimeOffset At, string? Organ, string? DocumentNo, Sealed? Reason);

/// <summary>A search handed from one division to another.</summary>
public sealed record Hop(Guid Id, DivisionId From, DivisionId To, DateTimeOffset At, DateTimeOffset? AcceptedAt);

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
    public DateTimeOffset PoliceNotifiedAt { get; init; }
    public DateTimeOffset? DispatchedAt { get; init; }
    public DateTimeOffset? OnSceneAt { get; init; }
    public ImmutableList<EvidenceAdded> Evidence { get; init; } = [];
    public ImmutableList<Hop> Search { get; init; } = [];
    public ImmutableHashSet<string> Handlers { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public ResponseState State => this switch
    {
        { ClosedAt: not null } => ResponseState.Closed,
        { TownNotifiedAt: not null, CountyNotifiedAt: not null } => ResponseState.HandedOver,
        { Measures.Count: > 0 } => ResponseState.MeasuresTaken,
        { DispatchedAt: not null } => ResponseState.OnScene,
        _ => ResponseState.DispatchRequested,
    };

    /// <summary>What leaves the house of it, given its report.</summary>
    public ResponseFacts FactsOf(Report report) => new(report.Id, report.Case.Division, State, PoliceNotifiedAt, DispatchedAt, report.Case.Shielded);

    public Response After(object @event) => @event switch
    {
        ResponseOpened e => this with { Exists = true, Report = e.Case.Report, PoliceNotifiedAt = e.PoliceNotifiedAt },
        PoliceDispatched e => Handled(e.By) with { DispatchedAt = e.At },
        PoliceOnScene e => Handled(e.By) with { OnSceneAt = e.At },
        MeasureTaken e => Handled(e.By) with { Measures = Measures.SetItem(e.Measure, new(true, e.At, e.Organ, e.DocumentNo, null)) },
        MeasureNotNeeded e => Handled(e.By) with { Measures = Measures.SetItem(e.Measure, new(false, e.At, null, null, e.Reason)) },
        ParentsFoundUnreachable e => Handled(e.By) with { ParentsUnreachable = true },
        TownNotified e => Handled(e.By) with { TownNotifiedAt = e.At },
        CountyCivilAffairsNotified e => Handled(e.By) with { CountyNotifiedAt = e.At },
        EvidenceAdded e => Handled(e.By) with { Evidence = Evidence.Add(e) },
        SearchHandedOver e => Handled(e.By) with { Search = Search.Add(new(e.Hop, e.From, e.To, e.At, null)) },
        // Whoever takes the search over handles no more of the case than that.
        SearchAccepted e => this with { Search = Search.ConvertAll(h => h.Id == e.Hop ? h with { AcceptedAt = e.At } : h) },
        ResponseClosed e => Handled(e.By) with { ClosedAt = e.At },
        _ => this,
    };

    private Response Handled(string by) => this with { Handlers = Handlers.Add(by) };
}
