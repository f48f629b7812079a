using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Intake;

/// <summary>The four fields that every row of every way in has, as they came.</summary>
public readonly record struct RowFields(string EventId, long Sequence, string OccurredAt, string EffectiveOn);

/// <summary>One row on its way through a batch, and what becomes of it. Every row leaves with exactly one verdict.</summary>
public sealed class PushedRow<TRow>(TRow row, string source, string eventId, byte[] digest)
{
    /// <summary>The row as it came.</summary>
    public TRow Row { get; } = row;

    /// <summary>The partner's source system.</summary>
    public string Source { get; } = source;

    /// <summary>The key under which the row is counted: the partner's id, or one made of the digest where it has none.</summary>
    public string EventId { get; } = eventId;

    /// <summary>Who pushed the row, by whose authority it is decided, also after it waited.</summary>
    public Caller Caller { get => field ?? throw new InvalidOperationException("A row that is decided has its pusher."); init; }

    /// <summary>Keyed digest of the content; the content itself is never kept.</summary>
    public byte[] Digest { get; } = digest;

    /// <summary>Order within the source.</summary>
    public long Sequence { get; internal set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset OccurredAt { get; internal set; }

    /// <summary>The day from which it counts.</summary>
    public DateOnly EffectiveOn { get; internal set; }

    /// <summary>What the row is ordered within: rows of one thing of one source.</summary>
    public Guid OrderKey { get; internal set; }

    /// <summary>What waiting rows may wait for and this row brings.</summary>
    internal Guid? Provides { get; set; }

    /// <summary>The verdict; unspecified until there is one.</summary>
    public Verdict Verdict { get; private set; }

    internal string? Field { get; private set; }
    internal string? Reason { get; private set; }
    internal string? WaitingFor { get; private set; }
    internal Guid? WaitsFor { get; private set; }
    internal Guid? Subject { get; private set; }
    internal List<Guid> Brought { get; } = [];

    /// <summary>Whether it still needs a verdict.</summary>
    public bool IsOpen => Verdict is Verdict.Unspecified;

    /// <summary>What is kept beside the events that the row leads to.</summary>
    public EventMeta Meta(string? traceparent) => new(OccurredAt, EffectiveOn, new Origin(Source, EventId), traceparent);

    /// <summary>The row changed the record, or, when no event came of it, left it as it was.</summary>
    public void Took(Guid subject, bool changed) => (Verdict, Subject) = (changed ? Verdict.Applied : Verdict.Unchanged, subject);

    /// <summary>The row is about a person whose personal data was erased: nothing of it is kept.</summary>
    public void Erased(Guid? subject) => (Verdict, Subject, Field, Reason) = (Verdict.Unchanged, subject, null, WaitingOfErased.Reason);

    /// <summary>The row is taken, with something about a field that the partner should look at.</summary>
    public void Warn(string field, string warning) => (Field, Reason) = (field, "warning: " + warning);

    /// <summary>A later row of the same thing was taken before.</summary>
    public void Superseded() => Verdict = Verdict.Superseded;

    /// <summary>The row speaks of something not known yet.</summary>
    public void Waits(string what, Guid key) => (Verdict, WaitingFor, WaitsFor) = (Verdict.Waiting, what, key);

    /// <summary>The row brought what rows may wait for, and only the decision could tell: these are woken in the same transaction.</summary>
    public void Brings(Guid key) => Brought.Add(key);

    /// <summary>The row cannot be taken. The reason never repeats its content.</summary>
    public void Reject(string field, string reason) => (Verdict, Field, Reason) = (Verdict.Rejected, field, reason);

    internal void Reopen() => (Verdict, WaitingFor, WaitsFor) = (Verdict.Unspecified, null, null);

    internal RowVerdict Answer() => new()
    {
        SourceEventId = EventId, Verdict = Verdict, Field = Field ?? "", Reason = Reason ?? "",
        WaitingFor = WaitingFor ?? "", SubjectId = Subject?.ToString() ?? "",
    };
}
