using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Children;

/// <summary>Why a category changed: what counts now against what counted when it was determined last. Pure.</summary>
public static class CategoryReasonsOf
{
    public static CategoryReasons Change(Child before, Determination now, Inputs inputs)
    {
        var (facts, then) = (before.Facts, before.DeterminedFrom ?? NothingTold(inputs));
        var gained = now.Difficulties & ~facts.Difficulties;
        var lost = facts.Difficulties & ~now.Difficulties;
        var why = (gained is not Difficulties.None ? CategoryReasons.DifficultyFound : 0) | (lost is not Difficulties.None ? CategoryReasons.DifficultyEnded : 0);
        if (Place(facts.Category) != Place(now.Category) || facts.Reason != now.Reason)
            why |= OfLeftBehind(facts, now, then, inputs);
        else if (((gained | lost) & Difficulties.DeFactoUnsupported) != 0)
            why |= OfParents(then, inputs) & (CategoryReasons.ParentLostCapacity | CategoryReasons.CarerCapacityRestored);
        // Nothing was told otherwise: the rule itself says otherwise now.
        return before.RuleVersion != Eligibility.RuleVersion && then == inputs ? CategoryReasons.RuleChanged : why;
    }

    /// <summary>A file whose category never changed was opened with nothing told of parents.</summary>
    private static Inputs NothingTold(Inputs inputs) => new(inputs.BirthDate, inputs.Residence, inputs.Residency, ParentState.NotCollected, ParentState.NotCollected);

    /// <summary>How far a category says that the child is left behind.</summary>
    private static int Place(ChildCategory category) => category switch
    {
        ChildCategory.LeftBehind or ChildCategory.LeftBehindInDifficulty => 2,
        ChildCategory.Undetermined or ChildCategory.UndeterminedInDifficulty => 1,
        _ => 0,
    };

    private static CategoryReasons OfLeftBehind(ChildFacts facts, Determination now, Inputs then, Inputs inputs)
    {
        var isTooOld = now.Findings.Any(f => f is { Condition: Eligibility.Under16, Found: false });
        if (Place(facts.Category) > 0 && isTooOld && then.BirthDate == inputs.BirthDate)
            return CategoryReasons.AgedOut;
        var why = OfParents(then, inputs);
        if (then.BirthDate != inputs.BirthDate)
            why |= CategoryReasons.FactsCorrected;
        if (then.Residency != inputs.Residency)
            why |= (then.Residence != inputs.Residence, then.Residency, inputs.Residency) switch
            {
                (true, Residency.Rural, Residency.Urban) => CategoryReasons.MovedWithParents,
                (true, Residency.Urban, Residency.Rural) => CategoryReasons.MovedToRural,
                _ => CategoryReasons.FactsCorrected,
            };
        return why;
    }

    private static CategoryReasons OfParents(Inputs then, Inputs now) => OfParent(then.Father, now.Father) | OfParent(then.Mother, now.Mother);

    private static CategoryReasons OfParent(ParentState then, ParentState now)
    {
        if (then == now)
            return CategoryReasons.None;
        var why = CategoryReasons.None;
        if (now.IsOut())
            why |= CategoryReasons.ParentsLeft;
        if (now is ParentState.AtHome && then.IsOut())
            why |= CategoryReasons.ParentReturned;
        if (now is ParentState.NotCollected)
            why |= CategoryReasons.FactsCorrected;
        if (now.LacksCapacity() && !then.LacksCapacity())
            why |= CategoryReasons.ParentLostCapacity;
        if (then.LacksCapacity() && now is (ParentState.AtHome or ParentState.OutForWork))
            why |= CategoryReasons.CarerCapacityRestored;
        return why;
    }
}
