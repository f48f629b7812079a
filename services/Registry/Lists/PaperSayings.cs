using System.Collections.Frozen;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>What the way in says of a row, for those who keep a list in Chinese.</summary>
internal static class PaperSayings
{
    private static readonly FrozenDictionary<string, string> Chinese = new Dictionary<string, string>
    {
        ["warning: WrongCheckDigit; the file is kept unverified"] = "身份证号校验码不符，按未核实建档",
        ["warning: WrongBirthDate; the file is kept unverified"] = "身份证号中的出生日期有误，按未核实建档",
        ["warning: WrongForm; the file is kept unverified"] = "身份证号格式不对，按未核实建档",
        ["warning: differs from the ID number; the file is kept unverified"] = "与身份证号中的出生日期不一致，按未核实建档",
        ["warning: 15 digits, read as 18"] = "15位身份证号，已按18位读取",
        ["warning: its prefix is of a division that was abolished"] = "身份证号前六位属于已撤销的区划",
        ["warning: its prefix was never in use"] = "身份证号前六位不是任何区划",
        ["not a division code"] = "不是现行区划代码",
        ["not a village in your divisions"] = "不是本辖区的村",
        ["not a household in your divisions"] = "该户不在本辖区",
        ["not a person in your divisions"] = "该人不在本辖区",
        ["not a child in your divisions"] = "该儿童不在本辖区",
        ["an adult, who has no file"] = "已满18周岁，没有儿童档案",
        ["before 1900-01-01"] = "早于1900年1月1日",
        ["after the day the row counts from"] = "晚于今天",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Said Of(string english) => new(english, Chinese.GetValueOrDefault(english, english.StartsWith("warning: ", StringComparison.Ordinal) ? "请核对" : "未被接收，请核对"));
}
