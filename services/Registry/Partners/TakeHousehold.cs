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
        var digest = household.KeepsNothing ? "" : set.DigestOf(told.Address);
        if (household.Exists && household.Residence == village && household.Residency == residency && household.Digest == digest)
        {
            if (household.KeepsNothing)
                row.Erased(household.Id);
            else
                row.Took(household.Id, changed: false);
            return;
        }
        var address = household.KeepsNothing ? null
            : household.KeyId == Guid.Empty ? set.SealNew(told.Address) : set.SealAgain(household.KeyId, told.Address);
        set.Append(household, household switch
        {
            { Exists: false } => new HouseholdRegistered(village, residency, address, digest),
            _ when household.Residence == village => new HouseholdCorrected(residency, address, digest),
            _ => new HouseholdMoved(household.Residence, village, residency, address, digest),
        }, row);
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
