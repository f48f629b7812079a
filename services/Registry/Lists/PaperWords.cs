using System.Collections.Frozen;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>The words of one column and what they mean; the first word of a meaning is the one that is written.</summary>
public sealed class PaperWords<T> where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> meanings;
    private readonly Dictionary<T, string> written;

    internal PaperWords(params (T Meaning, string[] Words)[] words)
    {
        meanings = words.SelectMany(w => w.Words.Select(word => (word, w.Meaning))).ToFrozenDictionary(w => w.word, w => w.Meaning, StringComparer.Ordinal);
        written = words.ToDictionary(w => w.Meaning, w => w.Words[0]);
        First = [.. words.Select(w => w.Words[0])];
    }

    /// <summary>The words that are written.</summary>
    public IReadOnlyList<string> First { get; }

    /// <summary>What a word means; null when it means nothing here.</summary>
    public T? Find(string word) => meanings.TryGetValue(string.Concat(CellText.Narrow(word).Where(c => !char.IsWhiteSpace(c))), out var meaning) ? meaning : null;

    /// <summary>How a meaning is written; empty when it was not collected.</summary>
    public string Of(T meaning) => written.GetValueOrDefault(meaning, "");
}

/// <summary>The words of a paper list.</summary>
public static class PaperWords
{
    public static readonly PaperWords<Residency> Residencies = new(
        (Residency.Rural, ["农村", "乡村", "农业"]), (Residency.Urban, ["城镇", "城市", "非农业"]));

    public static readonly PaperWords<Sex> Sexes = new((Sex.Male, ["男", "男性"]), (Sex.Female, ["女", "女性"]));

    public static readonly PaperWords<Relation> Relations = new(
        (Relation.Head, ["户主", "本人"]), (Relation.Spouse, ["配偶", "妻", "夫", "妻子", "丈夫"]),
        (Relation.Child, ["子女", "子", "女", "儿子", "女儿", "长子", "次子", "三子", "长女", "次女", "三女", "独生子", "独生女"]),
        (Relation.Grandchild, ["孙子女", "孙子", "孙女", "外孙", "外孙女", "外孙子", "外孙子女", "孙"]),
        (Relation.OtherRelation, ["其他", "其他亲属", "侄子", "侄女", "外甥", "外甥女"]));

    /// <summary>国发〔2016〕13号: out for work, or without guardianship capacity.</summary>
    public static readonly PaperWords<ParentState> Parents = new(
        (ParentState.AtHome, ["在家", "在家务农", "返乡", "已返乡"]), (ParentState.OutForWork, ["外出务工", "外出", "务工", "外出打工", "打工"]),
        (ParentState.Deceased, ["去世", "死亡", "已故", "亡故"]), (ParentState.Missing, ["失踪"]), (ParentState.Imprisoned, ["服刑", "服刑在押", "在押"]),
        (ParentState.Incapable, ["丧失能力", "无监护能力", "丧失监护能力", "重残"]), (ParentState.NoContact, ["失联"]),
        (ParentState.NotCollected, ["未采集", "不详"]));

    public static readonly PaperWords<CarerKind> Carers = new(
        (CarerKind.Grandparents, ["祖父母", "外祖父母", "祖辈", "爷爷", "奶奶", "外公", "外婆", "爷爷奶奶", "外公外婆", "祖父", "祖母", "外祖父", "外祖母"]),
        (CarerKind.RelativesOrFriends, ["亲友", "亲戚", "亲属", "亲戚朋友", "朋友", "其他亲属"]),
        (CarerKind.OtherParent, ["父或母", "父亲", "母亲", "父母"]), (CarerKind.NoCarer, ["无人照料", "无", "独居"]),
        (CarerKind.CarerNotCollected, ["未采集", "不详"]));
}
