using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;

namespace LeftBehind.Obligations.Tests;

public sealed class TellingTests
{
    [Fact]
    public void Every_event_of_an_obligation_is_told_and_nothing_else()
    {
        var of = Given.Opening(Given.Order).Of;
        IObligationEvent[] all =
        [
            Given.Opening(Given.Order), new ObligationAtRisk(of, Given.Start), new ObligationBreached(of, Given.Start), new ObligationEscalated(of, DivisionLevel.City, Given.Start),
            new ObligationFulfilled(of, true, null, Given.Start), new ObligationWaived(of, "moved away", null, Given.Start),
        ];
        Assert.Equal(ObligationEvents.Types.All.Values.ToHashSet(), all.Kinds().ToHashSet());
        var id = Guid.NewGuid();
        Assert.Equal(Enum.GetValues<ObligationChange>(), all.Select(e => ObligationTelling.Of(id, e)!.Change));
        Assert.Equal(
            [ObligationState.Open, ObligationState.AtRisk, ObligationState.Breached, ObligationState.Breached, ObligationState.FulfilledLate, ObligationState.Waived],
            all.Select(e => ObligationTelling.Of(id, e)!.After.State));
        Assert.Null(ObligationTelling.Of(id, "something else"));
    }

    [Fact]
    public void Due_at_once_is_told_as_at_risk_when_the_level_above_is_told() =>
        Assert.Equal(ObligationState.AtRisk, ObligationTelling.Of(Guid.NewGuid(), new ObligationEscalated(Given.Opening(Given.AtOnce).Of, DivisionLevel.City, Given.Start))!.After.State);

    [Fact]
    public void The_reason_of_a_waiver_stays_in_the_house()
    {
        var waived = Given.Opened(Given.Order).Waive("因故不再需要", Given.Start).Single();
        Assert.DoesNotContain("因故", JsonSerializer.Serialize(ObligationTelling.Of(Guid.NewGuid(), waived), EventTypes.Json), StringComparison.Ordinal);
    }

    [Fact]
    public void The_fact_travels_as_this_JSON()
    {
        var id = new Guid("00000000-0000-4000-8000-00000000000b");
        var of = Given.Opening(Given.Order).Of;
        var told = ObligationTelling.Of(id, new ObligationFulfilled(of, true, DivisionLevel.City, of.DueAt!.Value.AddHours(2)))!;
        var json = JsonSerializer.Serialize(told, EventTypes.Json);
        Assert.Equal(
            """
            {"obligationId":"00000000-0000-4000-8000-00000000000b","change":"Fulfilled","after":{"kind":"guardianship.decideOrder","subject":{"kind":"child","id":"00000000-0000-4000-8000-000000000001"},"division":"431003@2023","department":"CivilAffairs","startsAt":"2026-03-02T01:00:00+00:00","dueAt":"2026-03-05T01:00:00+00:00","basis":"Law","citation":"反家暴法 §28","state":"FulfilledLate","escalatedTo":"City","endedAt":"2026-03-05T03:00:00+00:00"}}
            """, json);
        Assert.Equal(told, JsonSerializer.Deserialize<ObligationRecorded>(json, EventTypes.Json));
    }

    [Fact]
    public void Each_owning_department_is_a_column_of_the_access_table() =>
        Assert.All(Enum.GetNames<OwnerDepartment>(), name => Assert.True(Enum.IsDefined(Enum.Parse<Access.Department>(name))));

    [Fact]
    public void An_event_is_read_as_it_was_written()
    {
        IObligationEvent[] events = [Given.Opening(Given.Order), .. Given.Opened(Given.Order).Fulfil(Given.Start.AddDays(9))];
        Assert.All(events, e => Assert.Equal(e, ObligationEvents.Types.Read(ObligationEvents.Types.NameOf(e), JsonSerializer.Serialize<object>(e, EventTypes.Json))));
    }
}
