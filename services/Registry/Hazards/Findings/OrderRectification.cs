using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>Orders a hazard's rectification, once. Pure.</summary>
/// <param name="Order">Who owes it, and by which day if one was named.</param>
/// <param name="DueOn">The last day in time.</param>
public sealed record OrderRectification(RectificationOrder Order, DateOnly DueOn)
{
    /// <summary>Whether the same was ordered before.</summary>
    public bool Repeats(Hazard hazard) => hazard.Order == Order;

    public static IEnumerable<IHazardEvent> Decide(OrderRectification command, Hazard hazard, DateOnly today)
    {
        if (command.Repeats(hazard))
            return [];
        if (hazard.Order is not null)
            throw new RejectedException("The rectification was ordered before, otherwise than now.");
        if (!hazard.IsOpen)
            throw new RejectedException("The hazard is rectified.");
        if (command.DueOn < today)
            throw new RejectedException("due_on: past");
        return [new RectificationOrdered(command.Order, hazard.Facts! with { State = HazardState.Ordered, DueOn = command.DueOn })];
    }
}

/// <summary>
/// The rule of the duty that an order opens. The policy asks that hazards are kept down (建立重点时段排查机制) and names no time: it is the town's or
/// county's order, else a platform default, and never law.
/// </summary>
public static class RectificationTerms
{
    public const string Kind = "registry.rectification";

    /// <summary>A hazard is ordered to be rectified once, so its duty needs no other key.</summary>
    public const string Key = "order";

    private const int DefaultWorkingDays = 10;
    private const double AtRiskAfter = 0.8;
    private static readonly TimeSpan EscalatesAfter = TimeSpan.FromDays(3);

    /// <summary>Without a date: ten working days.</summary>
    public static ObligationTerms Default { get; } = With(ObligationBasis.PlatformDefault,
        "平台默认：责令整改之日起10个工作日；政策（建立重点时段排查机制）未规定期限", Clock.WorkingDays(DefaultWorkingDays));

    /// <summary>Until the end of the day ordered.</summary>
    public static ObligationTerms Until(DateOnly dueOn, DateTimeOffset now) => With(ObligationBasis.LocalRule,
        "镇（街道）或县（区）责令限期整改；政策（建立重点时段排查机制）未规定期限", Clock.Natural(WorkCalendar.StartOf(dueOn.AddDays(1)) - now));

    /// <summary>The rule of an order given at a moment.</summary>
    public static ObligationTerms Of(DateOnly? orderedBy, DateTimeOffset now) => orderedBy is { } day ? Until(day, now) : Default;

    private static ObligationTerms With(ObligationBasis basis, string citation, Clock clock) =>
        new(Kind, basis, citation, clock) { AtRisk = AtRisk.After(AtRiskAfter), EscalatesAfter = EscalatesAfter };
}
