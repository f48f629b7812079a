using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Recounting;

/// <summary>The children that household rows tell of, rows in the source's order.</summary>
internal sealed class ChildrenOfRows(Func<string, bool> isInCounty, DateOnly today)
{
    private readonly Dictionary<string, Household> _households = [];
    private readonly Dictionary<string, string> _householdOfPerson = [];
    private readonly Dictionary<string, CountedChild> _children = [];
    private readonly Dictionary<string, string> _ownerOfNumber = [];

    /// <summary>Households first, then members, then what is said of children: a row may have come before what it speaks of.</summary>
    public List<CountedChild> Of(List<HouseholdRow> rows)
    {
        foreach (var row in rows.Where(r => r.Household is not null))
            TakeHousehold(row.Household);
        foreach (var row in rows.Where(r => r.Member is not null))
            TakeMember(row.Member);
        foreach (var row in rows)
            TakeStatus(row);
        foreach (var child in _children.Values)
        {
            var household = _households[_householdOfPerson[child.PersonNo]];
            child.VillageCode = household.ResidenceCode;
            child.Rural = household.Residency switch { Residency.Rural => true, Residency.Urban => false, _ => null };
        }
        // At 18 a file is closed.
        return [.. _children.Values.Where(c => c.Born is null || Counting.Age(c.Born.Value, today) < 18)];
    }

    /// <summary>The partner answers for its county: it may move a household out, and then no longer speak of it.</summary>
    private void TakeHousehold(Household told)
    {
        var known = _households.GetValueOrDefault(told.HouseholdNo);
        if (isInCounty((known ?? told).ResidenceCode))
            _households[told.HouseholdNo] = told;
    }

    private void TakeMember(Member told)
    {
        if (!_households.ContainsKey(told.HouseholdNo))
            return;
        var born = RowRules.Day(told.BirthDate) ?? IdNumber.BirthDate(told.IdNumber);
        var isAdult = born is { } b ? Counting.Age(b, today) >= 18 : told.Relation is Relation.Head or Relation.Spouse;
        if (isAdult && !_children.ContainsKey(told.PersonNo))
            return;
        if (!_children.TryGetValue(told.PersonNo, out var child))
            _children[told.PersonNo] = child = new() { PersonNo = told.PersonNo };
        _householdOfPerson[told.PersonNo] = told.HouseholdNo;
        child.Name = told.Name;
        child.Born = born ?? child.Born;
        child.Sex = told.Sex switch { Sex.Male => "male", Sex.Female => "female", _ => IdNumber.Sex(told.IdNumber) };
        Identify(child, told.IdNumber, born);
    }

    /// <summary>
    /// The population base confirms a valid number whose birth date and sex agree. A number that another child has already is
    /// nobody else's: a conflict for a person to settle.
    /// </summary>
    private void Identify(CountedChild child, string number, DateOnly? born)
    {
        var isValid = IdNumber.IsValid(number);
        var isMine = isValid && (_ownerOfNumber.TryAdd(number, child.PersonNo) || _ownerOfNumber[number] == child.PersonNo);
        child.ValidNumber = isMine ? number : "";
        child.Verified = isMine && IdNumber.BirthDate(number) == born && IdNumber.Sex(number) == child.Sex;
    }

    private void TakeStatus(HouseholdRow row)
    {
        if (row.Parent is { } parent && _children.TryGetValue(parent.PersonNo, out var child))
            (parent.Parent is Parent.Father ? child.Father : child.Mother).Tell(
                parent.Status, RowRules.Day(parent.Since), RowRules.EffectiveOn(row.OccurredAt, row.EffectiveOn));
        else if (row.Carer is { } carer && _children.TryGetValue(carer.PersonNo, out var cared))
            cared.Carer = carer.Kind switch
            {
                CarerKind.Grandparents => "grandparents",
                CarerKind.RelativesOrFriends => "relativesOrFriends",
                CarerKind.OtherParent => "otherParent",
                CarerKind.NoCarer => "none",
                _ => "notCollected",
            };
    }
}
