using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using static LeftBehind.Registry.Partners.HouseholdRowCheck;

namespace LeftBehind.Registry.Partners;

/// <summary>Checks the rows on health, aid, guardian and death by themselves, field by field. Pure.</summary>
internal sealed class NeedsRowCheck(RowKeysOf keys)
{
    public RowKeys? Disability(PushedRow<HouseholdRow> row, DisabilityCertified told)
    {
        if (!Number(row, "disability_certified.person_no", told.PersonNo))
            return null;
        if (told.Withdrawn && told.Grade != 0)
            return Rejected(row, "disability_certified.grade", "empty when withdrawn");
        if (!told.Withdrawn && told.Grade is < 1 or > 4)
            return Rejected(row, "disability_certified.grade", "1 to 4 is required");
        if (told.Withdrawn ? told.Kind is not DisabilityKind.Unspecified : !Enum.IsDefined(told.Kind) || told.Kind is DisabilityKind.Unspecified)
            return Rejected(row, "disability_certified.kind", told.Withdrawn ? "empty when withdrawn" : "a kind is required");
        return About(row, "disability", told.PersonNo);
    }

    public RowKeys? Illness(PushedRow<HouseholdRow> row, IllnessDiagnosed told)
    {
        if (!Number(row, "illness_diagnosed.person_no", told.PersonNo))
            return null;
        if (!Enum.IsDefined(told.Kind) || told.Kind is IllnessKind.Unspecified)
            return Rejected(row, "illness_diagnosed.kind", "a kind is required");
        if (told.Ended && told.Serious)
            return Rejected(row, "illness_diagnosed.serious", "false when ended");
        return About(row, $"illness/{(int)told.Kind}", told.PersonNo);
    }

    /// <summary>A grant and its end are of one thing: aid of one kind to one child.</summary>
    public RowKeys? Aid(PushedRow<HouseholdRow> row, string field, string personNo, AidKind kind)
    {
        if (!Number(row, field + ".person_no", personNo))
            return null;
        if (!Enum.IsDefined(kind) || kind is AidKind.Unspecified)
            return Rejected(row, field + ".kind", "a kind is required");
        return About(row, $"aid/{(int)kind}", personNo);
    }

    public RowKeys? Guardianship(PushedRow<HouseholdRow> row, GuardianshipChanged told) =>
        Number(row, "guardianship_changed.person_no", told.PersonNo) && Known(row, "guardianship_changed.guardian", told.Guardian)
            ? About(row, "guardian", told.PersonNo)
            : null;

    /// <summary>A parent's death is ordered with what else is told of that parent.</summary>
    public RowKeys? Death(PushedRow<HouseholdRow> row, Death told) =>
        Number(row, "death.person_no", told.PersonNo) && Known(row, "death.parent", told.Parent)
            ? About(row, told.Parent is Parent.Unspecified ? "death" : told.Parent.ToString(), told.PersonNo)
            : null;

    private RowKeys About(PushedRow<HouseholdRow> row, string what, string personNo) => new(keys.Ordered(what, keys.Person(row.Source, personNo)));
}
