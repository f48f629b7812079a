using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Hotline;

/// <summary>A transfer from one platform to another, and when the receiver first acted.</summary>
public sealed record AppealHop(AppealTransferred Transfer, DateTimeOffset? TakenUpAt = null);

/// <summary>An appeal to the hotline 12355, one id from the call to its closing.</summary>
public sealed record Appeal(Guid Id) : IFolded<Appeal>
{
    /// <summary>Follow-up calls that reached nobody, after which no more are asked for. Platform default.</summary>
    public const int CallsEnough = 3;

    public static string StreamType => "appeal";

    public static Appeal New(Guid id) => new(id);

    public AppealReceived? Received { get; init; }
    public AppealState State { get; init; }
    public AppealClass? Class { get; init; }
    public DivisionId Holder { get; init; }
    public DivisionId? Place { get; init; }
    public Guid? Child { get; init; }
    public Guid? Report { get; init; }
    public Guid? JoinedAppeal { get; init; }
    public ImmutableList<Concerned> Concerns { get; init; } = [];
    public ImmutableList<AppealHop> Hops { get; init; } = [];
    public AppealAssigned? Assigned { get; init; }
    public ImmutableList<DateTimeOffset> Begun { get; init; } = [];
    public ImmutableList<AppealHelpGiven> Help { get; init; } = [];
    public ImmutableList<AppealAnswered> Answers { get; init; } = [];
    public ImmutableList<AppealFollowedUp> FollowUps { get; init; } = [];
    public ImmutableList<Guid> Updates { get; init; } = [];
    public DateOnly? AnswerDueOn { get; init; }

    /// <summary>From when the next answer is owed: its classification, or a follow-up that found it unsettled.</summary>
    public DateTimeOffset OwedFrom { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset LastAt { get; init; }
    public bool TextsErased { get; init; }

    /// <summary>Accounts that acted on it, who may know the caller.</summary>
    public ImmutableHashSet<string> Handlers { get; init; } = [];

    public long Version { get; init; }

    public bool Exists => Received is not null;

    public bool IsOpen => Exists && ClosedAt is null;

    /// <summary>Where it is counted: where the matter lies, else where it is held.</summary>
    public DivisionId Division => Place ?? Holder;

    /// <summary>Words and caller are shown by the report it made or joined, and by nothing else.</summary>
    public bool IsKeptByReport => Report is not null;

    /// <summary>Somebody is owed an answer.</summary>
    public bool OwesAnswer => IsOpen && Class is AppealClass.Appeal or AppealClass.Consultation && State < AppealState.Answered;

    /// <summary>A follow-up call is owed: of a report nobody here may know whom to call.</summary>
    public bool OwesFollowUp => State is AppealState.Answered && Class is not AppealClass.Report && Received!.CanBeCalled;

    public HotlineAppealFacts Facts => new(
        Child, Division, Received!.Channel, Class, State, Received.At, Hops.Count, AnswerDueOn, Answers.FirstOrDefault() is { } first ? WorkCalendar.DayOf(first.At) : null,
        [.. Help.Select(h => h.Help)], Concerns.Count > 0);

    public Appeal After(object @event)
    {
        var next = this with { Version = Version + 1 };
        if (@event is not IAppealEvent e)
            return @event is AppealTextsErased ? next with { TextsErased = true } : next;
        if (e is AppealUpdated u)
            return next with { Updates = Updates.Add(u.Update) };
        next = next with { LastAt = e.At, Handlers = e.By.Length > 0 ? Handlers.Add(e.By) : Handlers };
        return e switch
        {
            AppealReceived r => next with { Received = r, State = AppealState.Received, Holder = r.Holder, Place = r.Place, Child = r.Child, Concerns = r.Concerned is { } c ? [c] : [] },
            AppealClassified c => next.TakenUp(c.At) with
            {
                State = Class is null ? AppealState.Classified : State,
                Class = c.Class,
                Report = c.Report,
                JoinedAppeal = c.Joined,
                Child = c.Child,
                OwedFrom = c.At,
                Concerns = [.. Concerns.Union(c.Concerned)],
                AnswerDueOn = c.AnswerDueOn,
            },
            AppealAssigned a => next.TakenUp(a.At) with { State = AppealState.Assigned, Assigned = a },
            AppealTransferred t => next.TakenUp(t.At) with
            { State = AppealState.Transferred, Holder = t.To, Place = t.Place, Assigned = null, Hops = next.TakenUp(t.At).Hops.Add(new(t)) },
            AppealBegun b => next.TakenUp(b.At) with { State = AppealState.InProgress, Begun = Begun.Add(b.At) },
            AppealHelpGiven h => next.TakenUp(h.At) with { Help = Help.Add(h) },
            AppealAnswered a => next.TakenUp(a.At) with { State = AppealState.Answered, Answers = Answers.Add(a) },
            AppealFollowedUp f => next.Called(f),
            AppealClosed c => next with { State = AppealState.Closed, ClosedAt = c.At },
            _ => next,
        };
    }

    private Appeal TakenUp(DateTimeOffset at) =>
        Hops.LastOrDefault() is { TakenUpAt: null } last ? this with { Hops = Hops.SetItem(Hops.Count - 1, last with { TakenUpAt = at }) } : this;

    private Appeal Called(AppealFollowedUp call)
    {
        var calls = FollowUps.Add(call);
        var missed = calls.Reverse().TakeWhile(f => f.Outcome is FollowUpOutcome.NotReached).Count();
        return this with
        {
            FollowUps = calls,
            OwedFrom = call.Outcome is FollowUpOutcome.Unsettled ? call.At : OwedFrom,
            State = call.Outcome switch
            {
                FollowUpOutcome.Unsettled => AppealState.InProgress,
                FollowUpOutcome.NotReached when missed < CallsEnough => AppealState.Answered,
                _ => AppealState.FollowedUp,
            },
        };
    }
}
