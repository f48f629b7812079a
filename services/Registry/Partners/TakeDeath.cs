using LeftBehind.Contracts.Registry;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using Parent = LeftBehind.Protos.Registry.V1.Parent;
using ParentState = LeftBehind.Registry.Children.ParentState;

namespace LeftBehind.Registry.Partners;

/// <summary>A death: a child's file is closed, a parent's status follows, and of any other adult the household loses a member.</summary>
internal static class TakeDeath
{
    public static void Take(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys)
    {
        var told = row.Row.Death;
        var person = keys.Person(row.Source, told.PersonNo);
        if (told.Parent is Parent.Unspecified && set.Persons.IsKnown(person) && set.ChildOf(person) is null)
            OfAdult(set, row, person);
        else if (told.Parent is Parent.Unspecified && ChildFile.FindAny(set, row, person, "death.person_no") is { } dead)
            OfChild(set, row, set.Counting(dead.Id));
        else if (told.Parent is not Parent.Unspecified && ChildFile.Find(set, row, person, "death.person_no") is { } child)
            TakeParentStatus.Record(set, row, child, told.Parent, ParentState.Deceased, null, null);
    }

    /// <summary>A file that was closed as an adult's, in error or into another one says nothing of a living child.</summary>
    private static void OfChild(HouseholdSet set, PushedRow<HouseholdRow> row, Child child)
    {
        var died = child.Facts.State is FileState.Open or FileState.MovedAway;
        if (died)
        {
            foreach (var @event in CloseFile.Close(child, FileState.Deceased))
                set.Append(child, @event, row);
            set.Redetermine(child.Id, row);
        }
        row.Took(child.Id, died);
    }

    private static void OfAdult(HouseholdSet set, PushedRow<HouseholdRow> row, Guid person)
    {
        var household = set.Household(set.Persons.HouseholdOf(person)!.Value);
        if (!row.Caller.Sees(household.Residence))
        {
            row.Reject("death.person_no", "not a person in your divisions");
            return;
        }
        var belongs = household.Members.ContainsKey(person);
        if (belongs)
            set.Append(household, new MemberLeft(person), row);
        row.Took(household.Id, belongs);
    }
}
