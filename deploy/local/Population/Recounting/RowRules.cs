using System.Globalization;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Recounting;

/// <summary>Which rows can be taken by what they say of themselves.</summary>
internal sealed class RowRules(DivisionTree tree, DateOnly pushedOn)
{
    public bool CanBeTaken(HouseholdRow row) => HeadIsGood(row.SourceEventId, row.SourceSequence, row.OccurredAt, row.EffectiveOn) && row.RowCase switch
    {
        HouseholdRow.RowOneofCase.Household => row.Household is var h && IsNumber(h.HouseholdNo) && IsVillage(h.ResidenceCode) && h.Address.Length <= 300 && Enum.IsDefined(h.Residency),
        HouseholdRow.RowOneofCase.Member => row.Member is var m && IsNumber(m.HouseholdNo) && IsNumber(m.PersonNo) && m.Name.Length <= 100 && m.Phone.Length <= 64
            && IsPast(m.BirthDate, EffectiveOn(row.OccurredAt, row.EffectiveOn)),
        HouseholdRow.RowOneofCase.Parent => row.Parent is var p && IsNumber(p.PersonNo) && p.Parent is Parent.Father or Parent.Mother
            && (p.Since.Length > 0 || p.Status is not ParentState.OutForWork) && IsPast(p.Since, EffectiveOn(row.OccurredAt, row.EffectiveOn))
            && (p.WorkCode.Length == 0 || Exists(p.WorkCode)),
        HouseholdRow.RowOneofCase.Carer => row.Carer is var c && IsNumber(c.PersonNo) && c.Name.Length <= 100 && c.Phone.Length <= 64,
        _ => false,
    };

    public bool CanBeTaken(RollRow row) => HeadIsGood(row.SourceEventId, row.SourceSequence, row.OccurredAt, row.EffectiveOn) && row.StudentNo.Length > 0 && row.RowCase switch
    {
        RollRow.RowOneofCase.Enrolled => row.Enrolled is var e && IsVillage(e.SchoolCode) && e.Name.Length <= 100 && Enum.IsDefined(e.Stage)
            && IsPast(e.BirthDate, EffectiveOn(row.OccurredAt, row.EffectiveOn)),
        RollRow.RowOneofCase.Transferred => IsVillage(row.Transferred.SchoolCode),
        RollRow.RowOneofCase.None => false,
        _ => true,
    };

    /// <summary>The day a row counts from: its own, or the day in China on which it happened.</summary>
    public static DateOnly EffectiveOn(string occurredAt, string effectiveOn) => Day(effectiveOn)
        ?? DateOnly.FromDateTime(DateTimeOffset.Parse(occurredAt, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(8)).Date);

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private bool HeadIsGood(string id, long sequence, string occurredAt, string effectiveOn) =>
        id.Length is > 0 and <= 100 && sequence >= 1 && occurredAt.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(occurredAt, CultureInfo.InvariantCulture, out _) && (effectiveOn.Length == 0 || Day(effectiveOn) is not null)
        && EffectiveOn(occurredAt, "") <= pushedOn && EffectiveOn(occurredAt, effectiveOn) <= pushedOn;

    private static bool IsNumber(string text) => text.Length is > 0 and <= 64;

    private static bool IsPast(string text, DateOnly effectiveOn) => text.Length == 0 || (Day(text) is { Year: >= 1900 } day && day <= effectiveOn);

    private bool IsVillage(string code) => code.Length == 12 && Exists(code);

    private bool Exists(string code) => DivisionCode.TryParse(code, out var parsed) && tree.Resolve(parsed, pushedOn) is not null;
}
