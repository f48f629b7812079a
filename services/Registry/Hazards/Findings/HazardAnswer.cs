using LeftBehind.Calls;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Findings;

internal static class HazardAnswer
{
    /// <summary>A hazard as it is answered; its note only where somebody opened it.</summary>
    public static V1.HazardRecord Of(Hazard hazard, DivisionTree tree, string note = "")
    {
        var facts = hazard.Facts!;
        return new()
        {
            HazardId = hazard.Id.ToString(), CampaignId = facts.CampaignId.ToString(), ChildId = facts.ChildId?.ToString() ?? "",
            DivisionCode = tree.Code(facts.Division).ToString(), Kind = Word<V1.HazardKind>(facts.Kind), Place = Word<V1.HazardPlace>(hazard.Place),
            State = Word<V1.HazardState>(facts.State), FoundOn = Days.Written(facts.FoundOn), DueOn = Days.Written(facts.DueOn),
            RectifiedOn = Days.Written(facts.RectifiedOn), OwnerCode = hazard.Order is { } order ? tree.Code(order.Owner).ToString() : "",
            Department = hazard.Order is { Department: var department } ? Word<V1.RectifyingDepartment>(department) : default, Note = note, Version = hazard.Version,
        };
    }

    internal static T Word<T>(Enum word) where T : struct, Enum => Enum.Parse<T>(word.ToString());
}
