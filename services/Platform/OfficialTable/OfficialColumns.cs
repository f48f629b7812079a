using LeftBehind.Platform.Figures;

namespace LeftBehind.Platform.OfficialTable;

/// <summary>A column of the official table: a sum of measures under a heading.</summary>
/// <param name="Key">By which rules name it: group.bucket.</param>
/// <param name="Group">The dimension in Chinese.</param>
/// <param name="Heading">The bucket in Chinese.</param>
/// <param name="Measure">The measure it shows.</param>
internal sealed record OfficialColumn(string Key, string Group, string Heading, short Measure);

/// <summary>
/// The columns of 农村留守儿童基本情况排查汇总表 (the form of the ministry's screening of 2016), in its order: of each dimension every bucket, and 未采集 where nothing
/// was told, so that each sums to the total.
/// </summary>
internal static class OfficialColumns
{
    private static readonly (string Word, string Chinese)[] Ages = [("0-5", "0–5周岁"), ("6-13", "6–13周岁"), ("14-15", "14周岁–不满16周岁"), ("notCollected", "年龄未采集")];
    private static readonly (string Word, string Chinese)[] Sexes = [("male", "男"), ("female", "女"), ("notCollected", "性别未采集")];

    private static readonly (string Dimension, string Group, (string Word, string Chinese)[] Buckets)[] Dimensions =
    [
        ("total", "留守儿童", [("all", "合计")]),
        ("ageSex", "年龄", [.. from age in Ages from sex in Sexes select ($"{age.Word}.{sex.Word}", age.Chinese + sex.Chinese)]),
        ("schooling", "就学情况", [("kindergarten", "幼儿园"), ("notInKindergarten", "未入园"), ("primary", "小学"), ("juniorMiddle", "初中"), ("seniorHigh", "高中"),
            ("vocational", "中职"), ("droppedOut", "辍学"), ("notInSchool", "不在学"), ("notCollected", "未采集")]),
        ("health", "健康状况", [("healthy", "健康"), ("disabled", "残疾"), ("ill", "患病"), ("notCollected", "未采集")]),
        ("boarding", "寄宿情况", [("yes", "寄宿"), ("no", "走读"), ("notCollected", "未采集")]),
        ("reason", "留守原因", [("bothParentsOut", "父母双方外出"), ("oneOutOtherWithoutCapacity", "一方外出、另一方无监护能力"), ("notCollected", "未采集")]),
        ("carer", "受委托照护人", [("grandparents", "（外）祖父母"), ("relativesOrFriends", "亲属朋友"), ("otherParent", "父母另一方"), ("none", "无人照护"), ("notCollected", "未采集")]),
        ("grade", "监护情况", [("good", "较好"), ("fair", "一般"), ("poor", "差"), ("notCollected", "未采集")]),
        ("aid", "救助情况", [("basicLivingAllowance", "基本生活补贴"), ("extremePoverty", "特困"), ("minimumLiving", "低保"), ("medical", "医疗救助"), ("temporary", "临时救助"),
            ("none", "未享受"), ("notCollected", "未采集")]),
    ];

    /// <summary>All, in the order of the form.</summary>
    public static IReadOnlyList<OfficialColumn> All { get; } =
        [.. from d in Dimensions from b in d.Buckets select new OfficialColumn($"{d.Dimension}.{b.Word}", d.Group, b.Chinese, Measures.Number(Measures.LeftBehind, d.Dimension, b.Word))];

    /// <summary>Of those measures that a caller is shown.</summary>
    public static IReadOnlyList<OfficialColumn> Of(short[] shown) => [.. All.Where(c => shown.Contains(c.Measure))];
}
