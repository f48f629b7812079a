using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;
using CarerKind = LeftBehind.Contracts.Registry.CarerKind;

namespace LeftBehind.Registry.Partners;

/// <summary>Who cares for the child day by day; the carer's name and phone are sealed under the child's key.</summary>
internal static class TakeCarer
{
    public static void Take(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys)
    {
        var told = row.Row.Carer;
        if (ChildFile.Find(set, row, keys.Person(row.Source, told.PersonNo), "carer.person_no") is not { } child)
            return;
        var digest = set.DigestOf($"{told.Name}\n{told.Phone}");
        var own = child.Own with { Carer = (CarerKind)told.Kind };
        var changed = child.CarerDigest != digest || child.Own != own;
        if (changed)
            set.Append(child, new CarerNamed(
                told.Name.Length + told.Phone.Length > 0 ? set.SealAgain(child.KeyId, new CarerContact(told.Name, told.Phone)) : null,
                digest, GroupFacts.Told(child, own), GroupFacts.Kept(child, own)), row);
        row.Took(set.Counting(child.Id).Id, changed);
    }
}
