using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Children;

/// <summary>What a determination is made from, as it counts on the day. Null is not collected (未采集).</summary>
public sealed record Inputs(DateOnly? BirthDate, DivisionId Residence, Residency Residency, ParentState Father, ParentState Mother)
{
    public GuardianKind? Guardian { get; init; }
    public DisabilityGrade? Disability { get; init; }
    public Illness? Illness { get; init; }
    public AidKinds? Aid { get; init; }

    /// <summary>What a file says on a day.</summary>
    public static Inputs Of(Child child, DateOnly on)
    {
        var needs = GroupFacts.NeedsOf(child, child.Needs);
        return new(child.Facts.BirthDate, child.Facts.Residence, GroupFacts.ResidencyOf(child), GroupFacts.FatherOf(child).CountedOn(on), GroupFacts.MotherOf(child).CountedOn(on))
        {
            Guardian = needs.Guardian?.Kind, Disability = needs.Disability?.Grade, Illness = needs.Illness, Aid = needs.Aid,
        };
    }
}

/// <summary>A determination as it was recorded; of those recorded before reasons, inputs and findings were kept, these are null.</summary>
public sealed record RecordedDetermination(
    DateOnly On, string RuleVersion, ChildCategory Category, LeftBehindReason? Reason, Difficulties Difficulties,
    CategoryReasons? Why, Inputs? Inputs, IReadOnlyList<Finding>? Findings);
