using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Care;

/// <summary>
/// Which children nobody cares for. That nobody does must have been told ("none" of the household's carer); what was not collected is
/// not "none", and whoever is entrusted cares. Pure.
/// </summary>
public static class Unattended
{
    /// <summary>Under this age a child is never left unattended (未成年人保护法 §21, first paragraph).</summary>
    public const int NeverAlone = 8;

    /// <summary>Under this age a child does not live away from its guardians (未成年人保护法 §21, second paragraph).</summary>
    public const int NotOnItsOwn = 16;

    /// <summary>The gravest limb that holds on a day; null when none does.</summary>
    public static UnattendedGround? Ground(EntrustedCare care, Child child, DateOnly on)
    {
        if (!HasNobody(care, child))
            return null;
        var (father, mother) = (GroupFacts.FatherOf(child).CountedOn(on), GroupFacts.MotherOf(child).CountedOn(on));
        var nobodyIsThere = CannotCare(father) && CannotCare(mother);
        if (NeedsCare(child, on) && father is not ParentState.AtHome && mother is not ParentState.AtHome)
            return UnattendedGround.NeedsCareAndUnattended;
        if (nobodyIsThere && IsUnder(child, NotOnItsOwn, on))
            return UnattendedGround.LivingAlone;
        return nobodyIsThere ? UnattendedGround.ParentsAwayNoCarer : null;
    }

    /// <summary>The next day on which age alone may change the answer; parents' thirty days and other birthdays are determined anew anyway.</summary>
    public static DateOnly? NextChange(EntrustedCare care, Child child, DateOnly on) =>
        HasNobody(care, child) && IsUnder(child, NeverAlone, on) ? Ages.Birthday(child.Facts.BirthDate!.Value, NeverAlone) : null;

    private static bool HasNobody(EntrustedCare care, Child child) => child.Facts is { State: FileState.Open, Carer: CarerKind.None } && !care.Runs;

    /// <summary>Too young, or severely disabled (身体、心理原因需要特别照顾; grades 1 and 2 stand for it, platform default).</summary>
    private static bool NeedsCare(Child child, DateOnly on) =>
        IsUnder(child, NeverAlone, on) || child.Facts.Disability is DisabilityGrade.Grade1 or DisabilityGrade.Grade2;

    /// <summary>Away for work as it counts, or without capacity: a parent at home without capacity guards nobody.</summary>
    private static bool CannotCare(ParentState state) => state.IsOut() || state.LacksCapacity();

    private static bool IsUnder(Child child, int age, DateOnly on) => child.Facts.BirthDate is { } born && Ages.IsUnder(born, age, on);
}
