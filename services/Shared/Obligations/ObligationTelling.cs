using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using static LeftBehind.Contracts.Obligations.ObligationChange;

namespace LeftBehind.Obligations;

/// <summary>What a service's relay tells of an obligation's events. Pure.</summary>
public static class ObligationTelling
{
    /// <summary>
    /// The fact told by an event of an obligation; null for any other event. A relay tells it with the stream as its subject, where
    /// it is counted, and may tell it once more with the duty's own subject, for that one's timeline. Every event tells one, so
    /// the relay names <see cref="Obligation.StreamType"/> among its subject streams.
    /// </summary>
    public static ObligationRecorded? Of(Guid stream, object @event) => @event switch
    {
        ObligationOpened e => Told(stream, e, Opened, ObligationState.Open),
        ObligationAtRisk e => Told(stream, e, CameAtRisk, ObligationState.AtRisk),
        ObligationBreached e => Told(stream, e, Breached, ObligationState.Breached),
        // What is due at once is never breached, also when the level above is told.
        ObligationEscalated e => Told(stream, e, Escalated, e.Of.DueAt is null ? ObligationState.AtRisk : ObligationState.Breached, e.To),
        ObligationFulfilled e => Told(stream, e, Fulfilled, e.Late ? ObligationState.FulfilledLate : ObligationState.Fulfilled, e.EscalatedTo, e.At),
        ObligationWaived e => Told(stream, e, Waived, ObligationState.Waived, e.EscalatedTo, e.At),
        _ => null,
    };

    private static ObligationRecorded Told(
        Guid stream, IObligationEvent @event, ObligationChange change, ObligationState state, DivisionLevel? escalatedTo = null, DateTimeOffset? endedAt = null)
    {
        var of = @event.Of;
        return new(stream, change, new(
            of.Kind, of.Subject, of.Division, of.Department, of.StartsAt, of.DueAt, of.Basis, of.Citation, state, escalatedTo, endedAt));
    }
}
