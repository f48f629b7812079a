using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using Household = LeftBehind.Registry.Households.Household;
using Residency = LeftBehind.Registry.Households.Residency;

namespace LeftBehind.Registry.Partners;

/// <summary>A household row: registers, moves or corrects a household; a move takes its children along.</summary>
internal static class TakeHousehold
{
    public static void Take(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys, HouseholdRowCheck check)
    {
        var told = row.Row.Household;
        var household = set.Household(keys.Household(row.Source, told.HouseholdNo));
        var village = check.Village(told.ResidenceCode, row.EffectiveOn)!.Value;
        // A household is authorised by where it lives before the change: a move out is accepted, a move in is its source's to tell.
        if (!row.Caller.Sees(household.Exists ? household.Residence : village))
        {
            row.Reject("household.residence_code", "not a village in your divisions");
            return;
        }
        var residency = (Residency)told.Residency;
        var digest = set.DigestOf(told.Address);
        if (!household.Exists)
            set.Append(household, new HouseholdRegistered(village, residency, set.SealNew(told.Address), digest), row);
        else if (household.Residence == village && household.Residency == residency && household.Digest == digest)
        {
            row.Took(household.Id, changed: false);
            return;
        }
        else if (set.IsErased(household.KeyId))
        {
            row.Took(household.Id, changed: false);
            return;
        }
        else if (household.Residence == village)
            set.Append(household, new HouseholdCorrected(residency, set.SealAgain(household.KeyId, told.Address), digest), row);
        else
            set.Append(household, new HouseholdMoved(household.Residence, village, residency, set.SealAgain(household.KeyId, told.Address), digest), row);
        MoveChildren(set, set.Household(household.Id), row);
        row.Took(household.Id, changed: true);
    }

    private static void MoveChildren(HouseholdSet set, Household household, PushedRow<HouseholdRow> row)
    {
        foreach (var childId in household.Members.Values.Select(m => m.ChildId).OfType<Guid>())
        {
            var child = set.Child(childId);
            // A file linked from two sources follows the household it was told of last.
            if (child.Household != household.Id || (child.Facts.Residence == household.Residence && child.Residency == household.Residency))
                continue;
            set.Append(child, new ChildMoved(household.Id, child.Facts.Residence, household.Residency, child.Facts with { Residence = household.Residence }), row);
            set.Redetermine(childId, row);
        }
    }
}
