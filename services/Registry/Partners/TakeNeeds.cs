using LeftBehind.Contracts.Registry;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using DisabilityKind = LeftBehind.Contracts.Registry.DisabilityKind;
using GuardianKind = LeftBehind.Contracts.Registry.GuardianKind;
using IllnessKind = LeftBehind.Registry.Children.IllnessKind;

namespace LeftBehind.Registry.Partners;

/// <summary>Health, aid and guardian of a child: recorded with their source; the category follows by its own rule.</summary>
internal static class TakeNeeds
{
    public static void Disability(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys)
    {
        var told = row.Row.DisabilityCertified;
        Take(set, row, keys, "disability_certified", told.PersonNo,
            child => RecordNeeds.Disability(child, (DisabilityGrade)told.Grade, told.Withdrawn ? null : (DisabilityKind)told.Kind, row.Source));
    }

    public static void Illness(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys)
    {
        var told = row.Row.IllnessDiagnosed;
        var illness = told.Ended ? Contracts.Registry.Illness.None : told.Serious ? Contracts.Registry.Illness.Serious : Contracts.Registry.Illness.Ill;
        Take(set, row, keys, "illness_diagnosed", told.PersonNo, child => RecordNeeds.Illness(child, (IllnessKind)told.Kind, illness, row.Source));
    }

    public static void Granted(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys) =>
        Take(set, row, keys, "aid_granted", row.Row.AidGranted.PersonNo, child => RecordNeeds.Aid(child, Of(row.Row.AidGranted.Kind), runs: true, row.Source));

    public static void Ended(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys) =>
        Take(set, row, keys, "aid_ended", row.Row.AidEnded.PersonNo, child => RecordNeeds.Aid(child, Of(row.Row.AidEnded.Kind), runs: false, row.Source));

    public static void Guardianship(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys)
    {
        var told = row.Row.GuardianshipChanged;
        Take(set, row, keys, "guardianship_changed", told.PersonNo,
            child => RecordNeeds.Guardian(child, told.Guardian is Protos.Registry.V1.GuardianKind.GuardianNotCollected ? null : (GuardianKind)told.Guardian, row.Source));
    }

    private static void Take(HouseholdSet set, PushedRow<HouseholdRow> row, RowKeysOf keys, string field, string personNo, Func<Child, IChildEvent?> decide)
    {
        if (ChildFile.Find(set, row, keys.Person(row.Source, personNo), field + ".person_no") is not { } child)
            return;
        var news = decide(child);
        if (news is not null)
        {
            set.Append(child, news, row);
            set.Redetermine(child.Id, row);
        }
        row.Took(set.Counting(child.Id).Id, changed: news is not null);
    }

    private static AidKinds Of(AidKind kind) => kind switch
    {
        AidKind.MinimumLiving => AidKinds.MinimumLiving,
        AidKind.ExtremePoverty => AidKinds.ExtremePoverty,
        AidKind.Temporary => AidKinds.Temporary,
        AidKind.Medical => AidKinds.Medical,
        _ => AidKinds.BasicLivingAllowance,
    };
}
