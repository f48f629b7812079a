using CsCheck;
using LeftBehind.Contracts.Obligations;

namespace LeftBehind.Obligations.Tests;

/// <summary>Whatever comes in whatever order, the story stays one that can be told.</summary>
public sealed class SequencesTests
{
    private static readonly Gen<ObligationTerms> Terms = Gen.Select(
        Gen.OneOf(
            Gen.Int[1, 200].Select(h => Clock.Natural(TimeSpan.FromHours(h))), Gen.Int[1, 15].Select(Clock.WorkingDays),
            Gen.Int[1, 50].Select(h => Clock.Immediate(TimeSpan.FromHours(h)))),
        Gen.OneOf(Gen.Const((AtRisk?)null), Gen.Int[1, 300].Select(h => (AtRisk?)AtRisk.Before(TimeSpan.FromHours(h))), Gen.Double[0.01, 0.99].Select(s => (AtRisk?)AtRisk.After(s))),
        Gen.Int[-1, 100], (clock, atRisk, escalates) => new ObligationTerms("registry.visit", ObligationBasis.Policy, "§1", clock)
        {
            AtRisk = atRisk, EscalatesAfter = escalates < 0 ? null : TimeSpan.FromHours(escalates),
        });

    /// <summary>What is done, and how many minutes after the start it is said to have happened.</summary>
    private static readonly Gen<(int What, int Minutes)[]> Commands = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 40 * 24 * 60]).Array[0, 30];

    [Fact]
    public void Each_thing_happens_at_most_once_and_nothing_after_the_end() => Run((_, events, _) =>
    {
        Assert.Equal(events.Count, events.Kinds().Distinct().Count());
        Assert.True(events.FindIndex(e => e is ObligationFulfilled or ObligationWaived) is var end && (end < 0 || end == events.Count - 1));
        Assert.IsType<ObligationOpened>(events[0]);
        Type[] order = [typeof(ObligationOpened), typeof(ObligationAtRisk), typeof(ObligationBreached), typeof(ObligationEscalated), typeof(ObligationFulfilled), typeof(ObligationWaived)];
        Assert.Equal(events.Kinds().OrderBy(k => Array.IndexOf(order, k)), events.Kinds());
    });

    [Fact]
    public void What_the_clock_brings_comes_exactly_when_the_rule_said() => Run((terms, events, state) =>
    {
        foreach (var e in events)
            Assert.Equal(
                e switch
                {
                    ObligationAtRisk => terms.AtRiskAt(Given.Start, Given.Calendar),
                    ObligationBreached => terms.DueAt(Given.Start, Given.Calendar),
                    ObligationEscalated => terms.EscalatesAt(Given.Start, Given.Calendar),
                    _ => e.At,
                }, e.At);
        Assert.Equal(state.Fulfilled is { } done && terms.DueAt(Given.Start, Given.Calendar) <= done.At, state.State is ObligationState.FulfilledLate);
        Assert.Equal(events.Any(e => e is ObligationBreached), state.BreachedAt is not null);
        if (state.State is ObligationState.FulfilledLate)
            Assert.NotNull(state.BreachedAt);
    });

    [Fact]
    public void A_sweep_leaves_nothing_due_behind_and_a_second_one_finds_nothing() => Run((_, _, state) =>
    {
        for (var hours = 0; hours < 2000; hours += 97)
        {
            var now = Given.Start.AddHours(hours);
            state = state.With(state.Turn(now));
            Assert.Empty(state.Turn(now));
            Assert.False(state.NextAt <= now);
        }
    });

    [Fact]
    public void What_is_told_last_is_what_the_obligation_has_become() => Run((_, events, state) =>
    {
        var told = ObligationTelling.Of(state.Id, events[^1])!;
        Assert.Equal((state.Id, state.State, state.EscalatedTo), (told.ObligationId, told.After.State, told.After.EscalatedTo));
        Assert.Equal((state.Fulfilled?.At ?? state.Waived?.At, state.Opened!.Of.DueAt), (told.After.EndedAt, told.After.DueAt));
    });

    private static void Run(Action<ObligationTerms, List<IObligationEvent>, Obligation> check) => Gen.Select(Terms, Commands).Sample((terms, commands) =>
    {
        var state = Obligation.New(Guid.NewGuid());
        var events = new List<IObligationEvent>();
        foreach (var (what, minutes) in commands.Prepend((0, 0)))
        {
            var at = Given.Start.AddMinutes(minutes);
            var next = what switch
            {
                < 3 => state.Open(Given.Opening(terms)),
                11 => state.Fulfil(at),
                12 => state.Waive("moved away", at),
                _ => state.Turn(at),
            };
            events.AddRange(next);
            state = state.With(next);
        }
        check(terms, events, state);
    }, iter: 3000);
}
