using LeftBehind.Population.People;
using LeftBehind.Population.World;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Rows;

/// <summary>Rows of the population base. A family's rows stand in order: household, members, parents of each child, carers.</summary>
internal sealed class HouseholdRows(DateOnly today)
{
    /// <summary>How many rows <see cref="Of"/> gives.</summary>
    public static int Count(Family family) => 1 + family.Adults.Count + family.Children.Count + family.Children.Sum(c => 1 + Told(family))
        - family.Children.Count(c => c.Carer is CarerKind.CarerNotCollected);

    /// <summary>All rows of a family as first pushed.</summary>
    public IEnumerable<HouseholdRow> Of(Family family)
    {
        var sequence = family.FirstSequence;
        yield return Household(sequence++, family);
        foreach (var adult in family.Adults)
            yield return Member(sequence++, family, adult);
        foreach (var child in family.Children)
            yield return Member(sequence++, family, child);
        foreach (var child in family.Children)
            foreach (var row in AboutParents(child, family, () => sequence++))
                yield return row;
        foreach (var child in family.Children.Where(c => c.Carer is not CarerKind.CarerNotCollected))
            yield return Carer(sequence++, child);
    }

    public IEnumerable<HouseholdRow> AboutParents(Child child, Family family, Func<long> sequence)
    {
        if (family.Father.IsTold)
            yield return Parent(sequence(), child.PersonNo, Protos.Registry.V1.Parent.Father, family.Father);
        if (family.Mother.IsTold)
            yield return Parent(sequence(), child.PersonNo, Protos.Registry.V1.Parent.Mother, family.Mother);
    }

    public HouseholdRow Household(long sequence, Family family) => Household(sequence, family.HouseholdNo, family.Village.Code, family.Residency, family.Address);

    public HouseholdRow Household(long sequence, string no, string village, Residency residency, string address)
    {
        var row = Row(sequence);
        row.Household = new() { HouseholdNo = no, ResidenceCode = village, Residency = residency, Address = address };
        return row;
    }

    public HouseholdRow Member(long sequence, Family family, Adult adult)
    {
        var row = Row(sequence);
        row.Member = new()
        {
            HouseholdNo = family.HouseholdNo, PersonNo = adult.PersonNo, Name = adult.Name, IdNumber = adult.IdNumber,
            BirthDate = Clock.Text(adult.Born), Sex = adult.Sex, Relation = adult.Relation, Phone = adult.Phone,
        };
        return row;
    }

    /// <summary>A child with what the source has wrong of it.</summary>
    public HouseholdRow Member(long sequence, Family family, Child child)
    {
        var row = Corrected(sequence, family, child);
        var told = row.Member;
        switch (child.Flaw)
        {
            case Flaw.WrongCheckDigit: told.IdNumber = IdNumbers.WrongCheckDigit(child.IdNumber); break;
            case Flaw.SiblingsNumber: told.IdNumber = child.SiblingsNumber; break;
            case Flaw.NoNumber: told.IdNumber = ""; break;
            case Flaw.WrongForm: told.IdNumber = child.IdNumber[..16]; break;
            case Flaw.NoBirthDate: told.BirthDate = ""; break;
            case Flaw.NothingKnown: (told.IdNumber, told.BirthDate) = ("", ""); break;
            case Flaw.WrongName: told.Name = Names.Mistyped(child.Name); break;
            case Flaw.BirthDateOff: told.BirthDate = Clock.Text(child.BornAsTold!.Value); break;
            case Flaw.SexUntold: told.Sex = Sex.Unknown; break;
        }
        return row;
    }

    /// <summary>A child as it is.</summary>
    public HouseholdRow Corrected(long sequence, Family family, Child child)
    {
        var row = Row(sequence);
        row.Member = new()
        {
            HouseholdNo = family.HouseholdNo, PersonNo = child.PersonNo, Name = child.Name, IdNumber = child.IdNumber, BirthDate = Clock.Text(child.Born),
            Sex = child.Sex, Relation = family.Adults.Exists(a => a.Relation is Relation.OtherRelation) ? Relation.Grandchild : Relation.Child,
        };
        return row;
    }

    /// <summary>A parent's status; being at home from the first has no beginning.</summary>
    public HouseholdRow Parent(long sequence, string personNo, Parent parent, Parental status)
    {
        var row = Row(sequence);
        row.Parent = new()
        {
            PersonNo = personNo, Parent = parent, Status = status.State,
            Since = status.Days == 0 ? "" : Clock.Text(today.AddDays(-status.Days)), WorkCode = status.WorkCode,
        };
        return row;
    }

    public HouseholdRow Carer(long sequence, Child child)
    {
        var row = Row(sequence);
        row.Carer = new() { PersonNo = child.PersonNo, Kind = child.Carer, Name = child.CarerName, Phone = child.CarerPhone };
        return row;
    }

    /// <summary>A row with its head; every fifth says the day it counts from.</summary>
    public HouseholdRow Row(long sequence) => new()
    {
        SourceEventId = $"pb-{sequence:D9}", SourceSequence = sequence, OccurredAt = Clock.OccurredAt(today, sequence),
        EffectiveOn = sequence % 5 == 0 ? Clock.Text(Clock.Yesterday(today)) : "",
    };

    private static int Told(Family family) => (family.Father.IsTold ? 1 : 0) + (family.Mother.IsTold ? 1 : 0);
}
