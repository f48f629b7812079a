using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.Appraisals;

/// <summary>What the level above records: 通报批评, 限期整改, 督查. The numbers are the protocol's.</summary>
public enum AppraisalKind { Criticism = 1, Rectification, Inspection }

/// <summary>Where an appraisal stands. The numbers are the protocol's, and stored.</summary>
public enum AppraisalState { Recorded = 1, Ordered, Reported, Returned, Accepted }

/// <summary>What is done with a rectification.</summary>
public enum AppraisalAct { Report, Accept, Return }

/// <summary>One row of the table: an act, the state it may be done in, and the state it leads to.</summary>
public sealed record AppraisalTransition(AppraisalAct Act, AppraisalState From, AppraisalState To);

/// <summary>An event of an appraisal.</summary>
public interface IAppraisalEvent
{
    /// <summary>Made of the caller and its request id.</summary>
    Guid Request { get; }
}

/// <param name="Request">See the interface.</param>
/// <param name="Kind">What was recorded.</param>
/// <param name="Of">The division appraised.</param>
/// <param name="Department">One department there; null for the division's government.</param>
/// <param name="By">The division whose civil affairs recorded it.</param>
/// <param name="Document">The number of the document that holds the matter.</param>
/// <param name="Indicator">The indicator it is about; null for another matter.</param>
/// <param name="On">The day; Asia/Shanghai.</param>
/// <param name="DueOn">The last day of a rectification.</param>
[StoredName("appraisal_recorded")]
public sealed record AppraisalRecorded(
    Guid Request, AppraisalKind Kind, DivisionId Of, OwnerDepartment? Department, DivisionId By, string Document, string? Indicator, DateOnly On, DateOnly? DueOn) : IAppraisalEvent;

/// <param name="Request">See the interface.</param>
/// <param name="Document">The number of the report.</param>
[StoredName("rectification_reported")]
public sealed record RectificationReported(Guid Request, string Document) : IAppraisalEvent;

/// <param name="Request">See the interface.</param>
[StoredName("rectification_accepted")]
public sealed record RectificationAccepted(Guid Request) : IAppraisalEvent;

/// <param name="Request">See the interface.</param>
/// <param name="DueOn">The last day anew.</param>
[StoredName("rectification_returned")]
public sealed record RectificationReturned(Guid Request, DateOnly DueOn) : IAppraisalEvent;

/// <summary>An appraisal (考核问责) of a division, or of one department there, by the level above. Only a rectification goes on after it was recorded. Pure.</summary>
public sealed record Appraisal(Guid Id) : IFolded<Appraisal>
{
    /// <summary>What is allowed when.</summary>
    public static readonly IReadOnlyList<AppraisalTransition> Transitions =
    [
        new(AppraisalAct.Report, AppraisalState.Ordered, AppraisalState.Reported),
        new(AppraisalAct.Report, AppraisalState.Returned, AppraisalState.Reported),
        new(AppraisalAct.Accept, AppraisalState.Reported, AppraisalState.Accepted),
        new(AppraisalAct.Return, AppraisalState.Reported, AppraisalState.Returned),
    ];

    public static string StreamType => "appraisal";

    public static Appraisal New(Guid id) => new(id);

    public AppraisalRecorded? Facts { get; private init; }
    public AppraisalState State { get; private init; }
    public DateOnly? DueOn { get; private init; }
    public string? Report { get; private init; }
    public long Version { get; private init; }

    /// <summary>What was taken, by the request that asked for it.</summary>
    private ImmutableDictionary<Guid, IAppraisalEvent> Taken { get; init; } = ImmutableDictionary<Guid, IAppraisalEvent>.Empty;

    /// <summary>The last day has passed, and nothing is reported.</summary>
    public bool IsOverdue(DateOnly today) => State is AppraisalState.Ordered or AppraisalState.Returned && DueOn < today;

    /// <summary>Whether this was taken before, in the same words; other words under the same request are refused.</summary>
    public bool IsTaken(IAppraisalEvent asked) => Taken.TryGetValue(asked.Request, out var taken)
        && (taken.Equals(asked) ? true : throw new RejectedException("request_id: was used for something else with this appraisal"));

    /// <summary>Refuses what the table does not allow now.</summary>
    public IAppraisalEvent Decide(IAppraisalEvent asked) =>
        asked is AppraisalRecorded && Facts is null || Transitions.Any(t => t.Act == ActOf(asked) && t.From == State)
            ? asked
            : throw new RejectedException(Facts?.Kind is AppraisalKind.Rectification ? $"the rectification is {State.ToString().ToLowerInvariant()}" : "it is no rectification");

    public Appraisal After(object @event)
    {
        if (@event is not IAppraisalEvent e)
            return this;
        var next = this with { Version = Version + 1, Taken = Taken.Add(e.Request, e) };
        return e switch
        {
            AppraisalRecorded r => next with { Facts = r, DueOn = r.DueOn, State = r.Kind is AppraisalKind.Rectification ? AppraisalState.Ordered : AppraisalState.Recorded },
            RectificationReported r => next with { State = AppraisalState.Reported, Report = r.Document },
            RectificationReturned r => next with { State = AppraisalState.Returned, DueOn = r.DueOn },
            _ => next with { State = AppraisalState.Accepted },
        };
    }

    private static AppraisalAct? ActOf(IAppraisalEvent asked) => asked switch
    {
        RectificationReported => AppraisalAct.Report,
        RectificationAccepted => AppraisalAct.Accept,
        RectificationReturned => AppraisalAct.Return,
        _ => null,
    };
}
