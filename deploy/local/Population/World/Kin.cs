using LeftBehind.Population.People;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.World;

/// <summary>Draws the people of a family: children, parents who are there, grandparents, the carer.</summary>
internal sealed class Kin(Dice dice, IdNumbers numbers, DateOnly today, string prefix)
{
    /// <summary>郴县, abolished: still on the cards of the old.</summary>
    public const string AbolishedPrefix = "432821";

    private static readonly Flaw[] ByPerMille =
    [
        Flaw.WrongCheckDigit, Flaw.WrongCheckDigit, Flaw.WrongCheckDigit, Flaw.SiblingsNumber, Flaw.SiblingsNumber, Flaw.NoNumber, Flaw.NoNumber,
        Flaw.WrongForm, Flaw.NoBirthDate, Flaw.NoBirthDate, Flaw.NothingKnown, Flaw.WrongName, Flaw.WrongName, Flaw.BirthDateOff, Flaw.SexUntold, Flaw.SexUntold,
    ];

    private int _persons;

    public Child Child(Family family, DateOnly born, bool isPupil)
    {
        var male = dice.PerMille(530);
        return new(PersonNo(), family.Surname + Names.Given(dice, male), numbers.Next(prefix, born, male), born, male ? Sex.Male : Sex.Female) { IsPupil = isPupil };
    }

    /// <summary>What the population base has wrong of a few children.</summary>
    public void SpoilSome(Family family)
    {
        foreach (var child in family.Children)
        {
            var flaw = dice.Below(1000) is var n && n < ByPerMille.Length ? ByPerMille[n] : Flaw.None;
            var sibling = family.Children.TakeWhile(c => c != child).FirstOrDefault(c => c.Flaw is Flaw.None && c.Name != child.Name && c.Born != child.Born);
            if (flaw is Flaw.SiblingsNumber && sibling is null)
                continue;
            child.Flaw = flaw;
            child.SiblingsNumber = flaw is Flaw.SiblingsNumber ? sibling!.IdNumber : "";
        }
    }

    /// <summary>Adults around the children, and who cares for them.</summary>
    public void Complete(Family family)
    {
        var eldest = family.Children.Count > 0 ? family.Children.Min(c => c.Born) : today.AddYears(-8);
        var fatherBorn = eldest.AddDays(-dice.Between(21 * 366, 38 * 365));
        var withGrandparents = family.IsLeftBehind ? dice.PerMille(850) : dice.PerMille(300);
        if (withGrandparents)
        {
            family.Adults.Add(Adult(family.Surname, fatherBorn.AddDays(-dice.Between(20 * 366, 30 * 365)), true, Relation.Head));
            family.Adults.Add(Adult(Names.Surname(dice), fatherBorn.AddDays(-dice.Between(19 * 366, 28 * 365)), false, Relation.Spouse));
        }
        if (family.Father.State is not ParentState.Deceased)
            family.Adults.Add(Adult(family.Surname, fatherBorn, true, withGrandparents ? Relation.Child : Relation.Head));
        if (family.Mother.State is not ParentState.Deceased)
            family.Adults.Add(Adult(Names.Surname(dice), eldest.AddDays(-dice.Between(20 * 366, 36 * 365)), false, withGrandparents ? Relation.OtherRelation : Relation.Spouse));
        foreach (var child in family.Children)
            Entrust(child, family);
    }

    /// <summary>Names the carer of a child; a few have none told.</summary>
    public void Entrust(Child child, Family family)
    {
        child.Carer = family.IsLeftBehind
            ? dice.Below(100) switch { < 78 => CarerKind.Grandparents, < 90 => CarerKind.RelativesOrFriends, < 96 => CarerKind.OtherParent, < 98 => CarerKind.NoCarer, _ => CarerKind.CarerNotCollected }
            : dice.Below(100) switch { < 60 => CarerKind.OtherParent, < 90 => CarerKind.Grandparents, < 95 => CarerKind.RelativesOrFriends, _ => CarerKind.CarerNotCollected };
        if (child.Carer is CarerKind.CarerNotCollected or CarerKind.NoCarer)
            return;
        (child.CarerName, child.CarerPhone) = (Names.Surname(dice) + Names.Given(dice, dice.PerMille(400)), Contacts.Phone(dice));
    }

    private Adult Adult(string surname, DateOnly born, bool male, Relation relation)
    {
        var number = numbers.Next(born.Year < 1975 && dice.PerMille(600) ? AbolishedPrefix : prefix, born, male);
        if (born.Year < 1985 && dice.PerMille(30))
            number = IdNumbers.OldForm(number);
        else if (dice.PerMille(3))
            number = IdNumbers.WrongCheckDigit(number);
        return new(PersonNo(), surname + Names.Given(dice, male), number, born, male ? Sex.Male : Sex.Female, relation, Contacts.Phone(dice));
    }

    private string PersonNo() => $"P{++_persons:D8}";
}
