namespace LeftBehind.Registry.Visits;

/// <summary>What follows when the plan of a child's visits may have changed; nothing when it did not. Pure.</summary>
public sealed record FollowPlan(VisitPlan Plan, IReadOnlyList<KeyListing> KeyList, DateTimeOffset Now)
{
    public static IEnumerable<VisitsEvent> Decide(FollowPlan command, ChildVisits visits, VisitRules rules)
    {
        var plan = command.Plan;
        if (plan == visits.Plan || (visits.Plan is null && plan.IsPlain))
            return [];
        return [new VisitPlanChanged(plan, command.KeyList, Next(plan, visits, command.Now, rules))];
    }

    /// <summary>
    /// A visit that is missing stays missing, until the child moves or is visited no more. Else another frequency counts from the last
    /// visit and another village from where the time of the visit began, unless that would be too late by now; then it counts from now.
    /// </summary>
    private static VisitDuty? Next(VisitPlan plan, ChildVisits visits, DateTimeOffset now, VisitRules rules)
    {
        if (plan.Cadence is Contracts.Registry.Cadence.None)
            return null;
        var known = visits.Duty;
        var stays = known is not null && known.Village == plan.Village;
        if (known is not null && stays && (known.Cadence == plan.Cadence || known.DueAt <= now))
            return known;
        var from = known?.Cadence == plan.Cadence ? known.StartsAt : visits.LastVisitAt ?? now;
        return rules.Due($"{visits.Version + 1}", plan.Cadence, plan.Village, rules.DueAt(plan.Cadence, from) > now ? from : now);
    }
}
