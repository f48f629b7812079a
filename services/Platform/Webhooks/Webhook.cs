using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Platform.Webhooks;

/// <summary>Where a webhook stands. Stored; only appended to.</summary>
internal enum WebhookState { Active = 1, Parked, Ended }

/// <summary>On whose behalf changes are told: what this caller reads is told, by today's tree.</summary>
internal sealed record Subscriber(string Account, Department Department, Role Role, DivisionId Division);

/// <summary>A subscription to the changes of a division. Pure; nothing here sends or stores.</summary>
internal sealed record Webhook(Guid Id, Subscriber For, DivisionId Division, string Url, IReadOnlyList<string> Kinds, Guid KeyId, Sealed Secret, DateTimeOffset CreatedAt)
{
    /// <summary>Everything that may follow on what.</summary>
    public static readonly IReadOnlyList<(WebhookState From, WebhookState To)> Transitions =
    [
        (WebhookState.Active, WebhookState.Parked), (WebhookState.Parked, WebhookState.Active), (WebhookState.Active, WebhookState.Ended), (WebhookState.Parked, WebhookState.Ended),
    ];

    public WebhookState State { get; init; } = WebhookState.Active;

    /// <summary>Grows with each change of state.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Up to where changes were taken.</summary>
    public LogCursor At { get; init; }

    /// <summary>Where the batch ends that was begun to be sent; another attempt is of the same.</summary>
    public long? SendingTo { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset NextAt { get; init; }

    public string LastStatus { get; init; } = "";

    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The id of the batch up to there, the same at every attempt.</summary>
    public string MessageId(long to) => $"msg_{Id:N}_{At.Sequence}_{to}";

    /// <summary>Nothing of the log up to there is to be told.</summary>
    public Webhook Passed(long to) => this with { At = At with { Sequence = to }, SendingTo = null };

    /// <summary>The batch up to there was taken.</summary>
    public Webhook Delivered(long to, string status, DateTimeOffset now) =>
        Passed(to) with { Attempts = 0, NextAt = now, LastStatus = status, FailingSince = null, DeliveredAt = now };

    /// <summary>An attempt failed; too many, or one after which no other can succeed, park it.</summary>
    public Webhook Failed(Attempt attempt, DateTimeOffset now, WebhookRules rules)
    {
        var failed = this with { Attempts = Attempts + 1, LastStatus = attempt.Status, FailingSince = FailingSince ?? now, NextAt = now + rules.RetryAfter(Attempts + 1) };
        return attempt.IsFinal || failed.Attempts >= rules.MostAttempts ? failed.To(WebhookState.Parked) : failed;
    }

    /// <summary>Goes on; in another store than before from its beginning, since nothing tells where the old place is in it.</summary>
    public Webhook Resumed(Guid incarnation, DateTimeOffset now) =>
        To(WebhookState.Active) with { Attempts = 0, NextAt = now, At = At.Incarnation == incarnation ? At : new(incarnation, 0), SendingTo = At.Incarnation == incarnation ? SendingTo : null };

    /// <summary>No more; one that ended is as it is.</summary>
    public Webhook Ended() => State is WebhookState.Ended ? this : To(WebhookState.Ended);

    private Webhook To(WebhookState next) => Transitions.Contains((State, next))
        ? this with { State = next, Version = Version + 1 }
        : throw new RejectedException($"The webhook is {State.ToString().ToLowerInvariant()}.");
}

/// <summary>What an attempt met.</summary>
/// <param name="Taken">The receiver has it.</param>
/// <param name="Status">The HTTP status, or a word of the list in webhooks.proto.</param>
/// <param name="IsFinal">No other attempt can succeed until somebody changes something.</param>
internal sealed record Attempt(bool Taken, string Status, bool IsFinal = false);
