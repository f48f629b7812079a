using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using Parent = LeftBehind.Registry.Children.Parent;
using ParentState = LeftBehind.Registry.Children.ParentState;

namespace LeftBehind.Registry.Partners;

/// <summary>A parent's status: recorded with the day it began; the category follows by its own rule.</summary>
internal static class TakeParentStatus
{
    public static void Take(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys)
    {
        var told = row.Row.Parent;
        if (ChildFile.Find(set, row, keys.Person(row.Source, told.PersonNo), "parent.person_no") is not { } child)
            return;
        Record(set, row, child, told.Parent, (ParentState)told.Status, HouseholdRowCheck.Day(told.Since, out var day) ? day : null, told.WorkCode);
    }

    public static void Record(HouseholdSet set, PushedRow<HouseholdRow> row, Child child, Protos.Registry.V1.Parent which, ParentState status, DateOnly? day, string? workCode)
    {
        var parent = which is Protos.Registry.V1.Parent.Father ? Parent.Father : Parent.Mother;
        var known = parent is Parent.Father ? child.Father : child.Mother;
        // Without a day of its own, a status that is already known began when it was first told.
        var since = day ?? (known.Status == status ? known.Since : row.EffectiveOn);
        var changed = known.Told(status, since) != known;
        if (changed)
        {
            set.Append(child, new ParentStatusRecorded(parent, status, since, workCode is { Length: > 0 } code ? code : null, child.Facts), row);
            set.Redetermine(child.Id, row);
        }
        row.Took(set.Counting(child.Id).Id, changed);
    }
}

/// <summary>Finds the file that a row about a child speaks of.</summary>
internal static class ChildFile
{
    /// <summary>The file, unless its personal data was erased: then nothing is recorded anew.</summary>
    public static Child? Find(HouseholdSet set, PushedRow<HouseholdRow> row, Guid person, string field)
    {
        var child = FindAny(set, row, person, field);
        if (child is null || !set.IsErased(child))
            return child;
        row.Erased(child.Id);
        return null;
    }

    /// <summary>The file, erased or not.</summary>
    public static Child? FindAny(HouseholdSet set, PushedRow<HouseholdRow> row, Guid person, string field)
    {
        if (set.ChildOf(person) is { } child)
        {
            if (row.Caller.Sees(child.Facts.Residence))
                return child;
            row.Reject(field, "not a child in your divisions");
        }
        else if (set.Persons.IsKnown(person))
            row.Reject(field, "an adult, who has no file");
        else
            row.Waits("member", person);
        return null;
    }
}
