using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Partners;

/// <summary>The source's own numbers that a household row names.</summary>
internal static class RowNumbers
{
    /// <summary>The person; null for a row about none.</summary>
    public static string? PersonNo(HouseholdRow row) => row.RowCase switch
    {
        HouseholdRow.RowOneofCase.Member => row.Member.PersonNo,
        HouseholdRow.RowOneofCase.Parent => row.Parent.PersonNo,
        HouseholdRow.RowOneofCase.Carer => row.Carer.PersonNo,
        HouseholdRow.RowOneofCase.DisabilityCertified => row.DisabilityCertified.PersonNo,
        HouseholdRow.RowOneofCase.IllnessDiagnosed => row.IllnessDiagnosed.PersonNo,
        HouseholdRow.RowOneofCase.AidGranted => row.AidGranted.PersonNo,
        HouseholdRow.RowOneofCase.AidEnded => row.AidEnded.PersonNo,
        HouseholdRow.RowOneofCase.GuardianshipChanged => row.GuardianshipChanged.PersonNo,
        HouseholdRow.RowOneofCase.Death => row.Death.PersonNo,
        _ => null,
    };

    /// <summary>The household; null where the row names none.</summary>
    public static string? HouseholdNo(HouseholdRow row) => row.Household?.HouseholdNo ?? row.Member?.HouseholdNo;
}
