using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Erasure;

/// <summary>Erases the personal data of a child; the facts stay as they are. Pure.</summary>
public sealed record EraseChild(ErasureGround Ground, string DocumentNo)
{
    /// <summary>None when it was erased before.</summary>
    /// <param name="command">The command.</param>
    /// <param name="child">The file.</param>
    /// <param name="pupils">Its pupils on the roll, linked or waiting under its number.</param>
    public static IEnumerable<PersonalDataErased> Decide(EraseChild command, Child child, IEnumerable<Guid> pupils) =>
        child.Erased ? [] : [new(command.Ground, command.DocumentNo, [.. pupils.Distinct().Order()], child.Facts)];

    /// <summary>What a household tells when children were erased.</summary>
    public static IEnumerable<object> OfHousehold(Household household, IReadOnlySet<Guid> erased)
    {
        foreach (var (person, member) in household.Members.OrderBy(m => m.Key).Where(m => !m.Value.Erased && m.Value.ChildId is { } child && erased.Contains(child)))
        {
            var gone = new MemberErased(person);
            household = household.After(gone);
            yield return gone;
        }
        foreach (var @event in Emptied(household))
            yield return @event;
    }

    /// <summary>
    /// An erased child's household keeps address and adults for its other children alone; none when one is left, or nothing is kept.
    /// </summary>
    public static IEnumerable<HouseholdErased> Emptied(Household household) =>
        household.HasChild || (household.Erased && household.Keys.IsEmpty) ? [] : [new()];
}
