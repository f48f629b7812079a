using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Matching;
using Household = LeftBehind.Registry.Households.Household;

namespace LeftBehind.Registry.Partners;

/// <summary>
/// Member rows of a child whose personal data was erased, by its person or by its number: nothing of the person is stored, none is
/// kept waiting. The household it is told of keeps nothing either, unless another child belongs to it. The file moves only with a
/// person that was a member before.
/// </summary>
internal sealed class TakeErased(HouseholdSet set, RowKeysOf keys)
{
    /// <summary>True when the row is answered; false when it is not of an erased child, or is refused as anybody's would be.</summary>
    public bool Take(PushedRow<HouseholdRow> row, Guid person, ToldMember told)
    {
        var household = set.Household(keys.Household(row.Source, row.Row.Member.HouseholdNo));
        if (set.ChildOf(person) is { } known)
            return set.IsErased(known) && TakeKnown(row, person, known, household);
        var owner = told.Blind is { } number && !set.Persons.IsKnown(person) ? set.Identities.Find(number) : null;
        return owner is not null && set.Child(owner.Child) is { Erased: true } child
            // The number of an erased child with another birth date is a number mistyped: no child is lost for it.
            && Ground.Stands(child, told.BirthDate, isTheChildsNumber: true) && TakeByNumber(row, person, child, household);
    }

    private bool TakeKnown(PushedRow<HouseholdRow> row, Guid person, Child child, Household household)
    {
        var before = set.Household(set.Persons.HouseholdOf(person) ?? child.Household);
        if (household.Exists && (!row.Caller.Sees(household.Residence) || (before.Exists && before.Id != household.Id && !row.Caller.Sees(before.Residence))))
            return false;
        var moves = household.Exists && before.Id != household.Id && before.Members.ContainsKey(person) && row.Caller.Sees(child.Facts.Residence);
        if (!moves)
        {
            if (!before.Members.ContainsKey(person))
                set.Empty(household.Id, row);
            row.Erased(Shown(row, child));
            return true;
        }
        set.Append(before, new MemberLeft(person), row);
        set.Append(household, new MemberJoined(person, child.Id, null, "", Erased: true), row);
        set.Persons.Set(person, household.Id, child.Id, "");
        set.Empty(household.Id, row);
        if (child.Household != household.Id)
        {
            set.Append(child, new ChildMoved(household.Id, child.Facts.Residence, household.Residency, child.Facts with { Residence = household.Residence }), row);
            set.Redetermine(child.Id, row);
        }
        row.Took(child.Id, changed: true);
        return true;
    }

    private bool TakeByNumber(PushedRow<HouseholdRow> row, Guid person, Child child, Household household)
    {
        if (household.Exists && !row.Caller.Sees(household.Residence))
            return false;
        set.Persons.Set(person, household.Id, child.Id, "");
        set.Empty(household.Id, row);
        row.Erased(Shown(row, child));
        return true;
    }

    /// <summary>Where a file is that lies elsewhere is not the partner's to know.</summary>
    private static Guid? Shown(PushedRow<HouseholdRow> row, Child child) => row.Caller.Sees(child.Facts.Residence) ? child.Id : null;
}
