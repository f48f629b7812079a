using System.Collections.Frozen;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>The columns of a paper list, in the order of the template.</summary>
public enum PaperColumn
{
    HouseholdNo, Address, Residency, Name, IdNumber, BirthDate, Sex, Relation, Father, FatherSince, Mother, MotherSince, Carer, CarerName, CarerPhone, Phone, Hukou,

    /// <summary>The file that the line corrects, in a list that was exported.</summary>
    File,

    /// <summary>The village of the line, in a list that was exported.</summary>
    Village,

    /// <summary>Told by the export for people; not read.</summary>
    Ignored,
}

/// <summary>The headings of the columns (台账表头), as they are written and as they are understood.</summary>
public static class PaperHeadings
{
    /// <summary>What an exported list tells beside the columns of a paper list.</summary>
    public const string AgeBand = "年龄段（只读）", Category = "儿童类别（只读）", Verified = "身份已核实（只读）",
        Disability = "残疾等级（只读）", Illness = "患病（只读）", Aid = "救助（只读）";

    private static readonly Dictionary<PaperColumn, string[]> Words = new()
    {
        [PaperColumn.HouseholdNo] = ["户号", "户编号"],
        [PaperColumn.Address] = ["住址", "家庭住址", "地址"],
        [PaperColumn.Residency] = ["城乡", "城乡分类"],
        [PaperColumn.Name] = ["姓名", "儿童姓名"],
        [PaperColumn.IdNumber] = ["身份证号", "身份证号码", "公民身份号码"],
        [PaperColumn.BirthDate] = ["出生日期", "出生年月日"],
        [PaperColumn.Sex] = ["性别"],
        [PaperColumn.Relation] = ["与户主关系"],
        [PaperColumn.Father] = ["父亲状况"],
        [PaperColumn.FatherSince] = ["父亲状况日期", "父亲外出日期"],
        [PaperColumn.Mother] = ["母亲状况"],
        [PaperColumn.MotherSince] = ["母亲状况日期", "母亲外出日期"],
        [PaperColumn.Carer] = ["照料人", "照料人类别"],
        [PaperColumn.CarerName] = ["照料人姓名"],
        [PaperColumn.CarerPhone] = ["照料人电话"],
        [PaperColumn.Phone] = ["电话", "联系电话"],
        [PaperColumn.Hukou] = ["户籍地代码"],
        [PaperColumn.File] = ["档案编号"],
        [PaperColumn.Village] = ["所在村代码"],
        [PaperColumn.Ignored] = ["序号", AgeBand, Category, Verified, Disability, Illness, Aid],
    };

    private static readonly FrozenDictionary<string, PaperColumn> ByWord =
        Words.SelectMany(w => w.Value.Select(word => (Word: Normal(word), w.Key))).ToFrozenDictionary(w => w.Word, w => w.Key, StringComparer.Ordinal);

    /// <summary>The columns of the template.</summary>
    public static IReadOnlyList<PaperColumn> OfTemplate { get; } = [.. Enum.GetValues<PaperColumn>().Where(c => c < PaperColumn.File)];

    /// <summary>The heading of a column.</summary>
    public static string Of(PaperColumn column) => Words[column][0];

    /// <summary>The column of a heading; blanks, the width of signs and an asterisk for "required" make no difference. Null when it is none.</summary>
    public static PaperColumn? Find(string heading) => ByWord.TryGetValue(Normal(heading), out var column) ? column : null;

    private static string Normal(string heading) => string.Concat(CellText.Narrow(heading).Where(c => !char.IsWhiteSpace(c) && c is not '*'));
}
