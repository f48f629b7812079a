using System.Globalization;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Lists;

namespace LeftBehind.Registry.Partners;

/// <summary>Checks one household row by itself, field by field. Pure.</summary>
public sealed class HouseholdRowCheck(DivisionTree tree, RowKeysOf keys, IdPrefixes prefixes)
{
    private const int LongestNumber = 64;
    private const int LongestName = 100;
    private const int LongestText = 300;
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private readonly NeedsRowCheck needs = new(keys);

    public RowKeys? Check(PushedRow<HouseholdRow> row) => row.Row.RowCase switch
    {
        _ when PaperSource.IsOne(row.Source) && row.Caller.Role is Role.Partner => Rejected(row, "row", "the source is that of a village's lists"),
        HouseholdRow.RowOneofCase.Household => Household(row, row.Row.Household),
        HouseholdRow.RowOneofCase.Member => Member(row, row.Row.Member),
        HouseholdRow.RowOneofCase.Parent => ParentStatus(row, row.Row.Parent),
        HouseholdRow.RowOneofCase.Carer => Carer(row, row.Row.Carer),
        HouseholdRow.RowOneofCase.DisabilityCertified => needs.Disability(row, row.Row.DisabilityCertified),
        HouseholdRow.RowOneofCase.IllnessDiagnosed => needs.Illness(row, row.Row.IllnessDiagnosed),
        HouseholdRow.RowOneofCase.AidGranted => needs.Aid(row, "aid_granted", row.Row.AidGranted.PersonNo, row.Row.AidGranted.Kind),
        HouseholdRow.RowOneofCase.AidEnded => needs.Aid(row, "aid_ended", row.Row.AidEnded.PersonNo, row.Row.AidEnded.Kind),
        HouseholdRow.RowOneofCase.GuardianshipChanged => needs.Guardianship(row, row.Row.GuardianshipChanged),
        HouseholdRow.RowOneofCase.Death => needs.Death(row, row.Row.Death),
        _ => Rejected(row, "row", "one kind of row is required"),
    };

    private RowKeys? Household(PushedRow<HouseholdRow> row, Household h)
    {
        if (!Number(row, "household.household_no", h.HouseholdNo) || !Text(row, "household.address", h.Address, LongestText)
            || !Known(row, "household.residency", h.Residency))
            return null;
        if (Village(h.ResidenceCode, row.EffectiveOn) is null)
            return Rejected(row, "household.residence_code", "not a village in your divisions");
        var id = keys.Household(row.Source, h.HouseholdNo);
        return new(keys.Ordered("household", id), Provides: id);
    }

    private RowKeys? Member(PushedRow<HouseholdRow> row, Member m)
    {
        if (!Number(row, "member.household_no", m.HouseholdNo) || !Number(row, "member.person_no", m.PersonNo)
            || !Text(row, "member.name", m.Name, LongestName) || !Text(row, "member.id_number", m.IdNumber, LongestName)
            || !Text(row, "member.phone", m.Phone, LongestNumber) || !Known(row, "member.sex", m.Sex) || !Known(row, "member.relation", m.Relation))
            return null;
        if (m.BirthDate.Length > 0 && !Day(m.BirthDate, out var born))
            return Rejected(row, "member.birth_date", "not a date as yyyy-MM-dd");
        if (m.BirthDate.Length > 0 && Day(m.BirthDate, out born) && (born > row.EffectiveOn || born < Earliest))
            return Rejected(row, "member.birth_date", born < Earliest ? "before 1900-01-01" : "after the day the row counts from");
        if (m.HukouCode.Length > 0 && Division(m.HukouCode, row.EffectiveOn) is null)
            return Rejected(row, "member.hukou_code", "not a division code");
        var id = keys.Person(row.Source, m.PersonNo);
        return new(keys.Ordered("member", id), Provides: id);
    }

    private RowKeys? ParentStatus(PushedRow<HouseholdRow> row, ParentStatus p)
    {
        if (!Number(row, "parent.person_no", p.PersonNo) || !Known(row, "parent.status", p.Status))
            return null;
        if (p.Parent is not (Parent.Father or Parent.Mother))
            return Rejected(row, "parent.parent", "FATHER or MOTHER is required");
        if (p.Since.Length > 0 && !Day(p.Since, out _))
            return Rejected(row, "parent.since", "not a date as yyyy-MM-dd");
        if (p.Since.Length == 0 && p.Status is ParentState.OutForWork)
            return Rejected(row, "parent.since", "required when the parent is out for work");
        if (p.Since.Length > 0 && Day(p.Since, out var since) && (since > row.EffectiveOn || since < Earliest))
            return Rejected(row, "parent.since", since < Earliest ? "before 1900-01-01" : "after the day the row counts from");
        if (p.WorkCode.Length > 0 && Division(p.WorkCode, row.EffectiveOn) is null)
            return Rejected(row, "parent.work_code", "not a division code");
        return new(keys.Ordered(p.Parent.ToString(), keys.Person(row.Source, p.PersonNo)));
    }

    private RowKeys? Carer(PushedRow<HouseholdRow> row, Carer c) =>
        Number(row, "carer.person_no", c.PersonNo) && Known(row, "carer.kind", c.Kind)
        && Text(row, "carer.name", c.Name, LongestName) && Text(row, "carer.phone", c.Phone, LongestNumber)
            ? new(keys.Ordered("carer", keys.Person(row.Source, c.PersonNo)))
            : null;

    /// <summary>What is odd about a number's prefix: grandparents carry those of abolished counties, and that is no fault of theirs. Null when it is a county of today.</summary>
    public string? PrefixFault(ResidentIdNumber number, DateOnly on) =>
        DivisionCode.TryParse(number.Reveal()[..6], out var county) && tree.Resolve(county, on) is not null ? null
        : prefixes.Knows(number) ? "its prefix is of a division that was abolished"
        : "its prefix was never in use";

    /// <summary>The division of a code on a day, of any level; null when the code is unknown.</summary>
    public DivisionId? Division(string code, DateOnly on) => DivisionCode.TryParse(code, out var parsed) ? tree.Resolve(parsed, on) : null;

    /// <summary>The village of a code on a day; null when the code is unknown or no village's.</summary>
    public DivisionId? Village(string code, DateOnly on) =>
        DivisionCode.TryParse(code, out var parsed) && parsed.Level is DivisionLevel.Village ? tree.Resolve(parsed, on) : null;

    public static bool Day(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    internal static bool Number(PushedRow<HouseholdRow> row, string field, string value) =>
        value.Length is > 0 and <= LongestNumber || Rejected(row, field, $"1 to {LongestNumber} characters") is not null;

    private static bool Text(PushedRow<HouseholdRow> row, string field, string value, int longest) =>
        value.Length <= longest || Rejected(row, field, $"at most {longest} characters") is not null;

    internal static bool Known<T>(PushedRow<HouseholdRow> row, string field, T value) where T : struct, Enum =>
        Enum.IsDefined(value) || Rejected(row, field, "not a value of this field") is not null;

    internal static RowKeys? Rejected(PushedRow<HouseholdRow> row, string field, string reason)
    {
        row.Reject(field, reason);
        return null;
    }
}
