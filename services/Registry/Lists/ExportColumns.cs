using System.Globalization;
using LeftBehind.Access;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Identities;
using static LeftBehind.Registry.Lists.PaperColumn;
using CarerKind = LeftBehind.Protos.Registry.V1.CarerKind;
using Wire = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Lists;

/// <summary>A child as it is exported; what was erased, cannot be read or is not the caller's to read is null.</summary>
internal sealed record ExportedChild(Child Child, Household? Household, PersonalDetails? Identity, CarerContact? Carer, string? Address)
{
    public ChildFacts Facts => Child.Facts;

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ExportedChild);
}

/// <summary>The columns of an export, by what its caller may read.</summary>
internal static class ExportColumns
{
    public static IReadOnlyList<(string Heading, Func<ExportedChild, string> Cell)> Of(DivisionTree tree, Caller caller, DateOnly today, bool withIdentities)
    {
        (string, Func<ExportedChild, string>) sex = Column(PaperColumn.Sex, c => PaperWords.Sexes.Of((Wire.Sex)c.Facts.Sex));
        (string, Func<ExportedChild, string>) carer = Column(Carer, c => c.Facts.Carer is Contracts.Registry.CarerKind.NotCollected ? "" : PaperWords.Carers.Of((CarerKind)c.Facts.Carer));
        (string, Func<ExportedChild, string>) category = (PaperHeadings.Category, c => CategoryOf(c.Facts.Category, caller.Reads(FieldGroup.HealthAid)));
        (string, Func<ExportedChild, string>) verified = (PaperHeadings.Verified, c => c.Facts.Verified ? "是" : "否");
        (string, Func<ExportedChild, string>)[] place = [Column(PaperColumn.File, c => c.Child.Id.ToString()), Column(Village, c => tree.Code(c.Facts.Residence).Digits)];
        return withIdentities
            ? [.. place, .. Identities(), sex, .. Parents(), carer, .. caller.Reads(FieldGroup.Contact) ? Contacts() : [], category, verified, .. caller.Reads(FieldGroup.HealthAid) ? Health() : []]
            : [.. place, (PaperHeadings.AgeBand, c => AgeBandOf(c.Facts.BirthDate, today)), sex, category, carer, verified];
    }

    private static (string, Func<ExportedChild, string>) Column(PaperColumn column, Func<ExportedChild, string> cell) => (PaperHeadings.Of(column), cell);

    private static (string, Func<ExportedChild, string>)[] Identities() =>
    [
        Column(HouseholdNo, c => c.Child.Household.ToString()), Column(PaperColumn.Address, c => c.Address ?? ""),
        Column(PaperColumn.Residency, c => c.Household is null ? "" : PaperWords.Residencies.Of((Wire.Residency)c.Household.Residency)),
        Column(Name, c => c.Identity?.Name ?? ""), Column(IdNumber, c => c.Identity?.IdNumber ?? ""), Column(BirthDate, c => Day(c.Facts.BirthDate)),
        Column(Hukou, c => c.Facts.Hukou?.FirstCode.Digits ?? ""),
    ];

    private static (string, Func<ExportedChild, string>)[] Parents() =>
    [
        Column(PaperColumn.Father, c => StatusOf(c.Child.Father)),
        Column(FatherSince, c => Since(c.Child.Father)),
        Column(PaperColumn.Mother, c => StatusOf(c.Child.Mother)),
        Column(MotherSince, c => Since(c.Child.Mother)),
    ];

    private static (string, Func<ExportedChild, string>)[] Contacts() =>
        [Column(CarerName, c => c.Carer?.Name ?? ""), Column(CarerPhone, c => c.Carer?.Phone ?? ""), Column(Phone, c => c.Identity?.Phone ?? "")];

    private static (string, Func<ExportedChild, string>)[] Health() =>
    [
        (PaperHeadings.Disability, c => c.Facts.Disability switch { null => "", DisabilityGrade.None => "无", var grade => $"{(int)grade}级" }),
        (PaperHeadings.Illness, c => c.Facts.Illness switch { null => "", Illness.None => "无", Illness.Serious => "重病", _ => "患病" }),
        (PaperHeadings.Aid, c => c.Facts.Aid switch { null => "", AidKinds.None => "无", _ => "有" }),
    ];

    private static string StatusOf(ParentRecord parent) =>
        parent.Status is ParentState.NotCollected ? "" : PaperWords.Parents.Of((Wire.ParentState)parent.Status);

    private static string Since(ParentRecord parent) => parent.Status is ParentState.NotCollected ? "" : Day(parent.Since);

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The bands of the official table; none tells the birthday.</summary>
    private static string AgeBandOf(DateOnly? born, DateOnly today) => born switch
    {
        null => "未采集",
        { } day when Ages.IsUnder(day, 6, today) => "0—5岁",
        { } day when Ages.IsUnder(day, 14, today) => "6—13岁",
        { } day when Ages.IsUnder(day, 16, today) => "14—15岁",
        _ => "16—17岁",
    };

    /// <summary>What is in difficulty is health and aid.</summary>
    private static string CategoryOf(ChildCategory category, bool withHealthAid) => string.Join("、",
        ((string?[])[category.IsLeftBehind() ? "农村留守儿童" : null, withHealthAid && category.IsInDifficulty() ? "困境儿童" : null,
            category is ChildCategory.Undetermined or ChildCategory.UndeterminedInDifficulty ? "待认定" : null]).OfType<string>());
}
