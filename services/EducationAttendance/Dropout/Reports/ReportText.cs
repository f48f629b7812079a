using System.Globalization;
using System.Text;

namespace LeftBehind.EducationAttendance.Dropout.Reports;

/// <summary>What a written report says, with the personal data in the clear: it lives in memory alone, and is sealed with the case.</summary>
/// <param name="School">The school's name.</param>
/// <param name="SchoolNo">The roll's own number of the school.</param>
/// <param name="County">Name of the county: its education bureau is addressed.</param>
/// <param name="Town">Name of the town or sub-district: its government is addressed.</param>
/// <param name="Name">The pupil's.</param>
/// <param name="StudentNo">学籍号.</param>
/// <param name="Sex">男, 女, or empty.</param>
/// <param name="BirthDate">As the roll tells it.</param>
/// <param name="ClassNo">The roll's own number of the class; empty where none is told.</param>
/// <param name="DocumentNo">The report's number.</param>
/// <param name="On">The day that stands on it.</param>
/// <param name="AbsentSince">First day of the absence; null where the roll alone told of the dropout.</param>
/// <param name="Relapses">How often the pupil came back and stayed away again.</param>
/// <param name="Entries">What was done, in order.</param>
public sealed record ReportContent(
    string School, string SchoolNo, string County, string Town, string Name, string StudentNo, string Sex, DateOnly? BirthDate, string ClassNo, string DocumentNo, DateOnly On,
    DateOnly? AbsentSince, int Relapses, IReadOnlyList<ReportEntry> Entries)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ReportContent);
}

/// <summary>One thing that was done.</summary>
/// <param name="On">When.</param>
/// <param name="What">In words of the field.</param>
/// <param name="Note">What the school wrote; empty where nothing.</param>
public sealed record ReportEntry(DateOnly On, string What, string Note)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ReportEntry);
}

/// <summary>
/// The written report (书面报告) in Chinese, as plain text: first line the title, then lines of one paragraph each. What the policy asks to be reported, and what the
/// law says of whom it is reported to. Pure.
/// </summary>
public static class ReportText
{
    public const string Title = "义务教育阶段学生辍学及劝返情况书面报告";

    public static string Of(ReportContent content)
    {
        var lines = new List<string>
        {
            Title,
            $"编号：{content.DocumentNo}",
            $"{content.County}教育局、{content.Town}{GovernmentOf(content.Town)}：",
            $"我校学生{content.Name}无故旷课，经学校劝返无效。现按照控辍保学关于辍学学生登记、劝返复学和书面报告制度的要求，书面报告如下：",
            "一、学生基本情况",
            string.Join("；", Basics(content)) + "。",
            "二、旷课情况",
            (content.AbsentSince is { } since ? $"自{Day(since)}起无故旷课，至报告之日未复学。" : "学籍系统登记辍学，至报告之日未复学。")
                + (content.Relapses > 0 ? $"此前复学后再次旷课{content.Relapses}次。" : ""),
            "三、学校已采取的措施",
        };
        lines.AddRange(content.Entries.Select((entry, i) => $"{i + 1}. {Day(entry.On)}，{entry.What}。{OneLine(entry.Note)}"));
        lines.AddRange(
        [
            "四、报告依据和请求",
            "对劝返无效的，应书面报告区教育局和相关镇（街道），依法采取措施劝返复学（农村留守儿童关爱保护政策）。"
                + "县级人民政府教育行政部门和乡镇人民政府组织和督促适龄儿童、少年入学，采取措施防止适龄儿童、少年辍学（《中华人民共和国义务教育法》第十三条）；"
                + "监护人无正当理由未依法送适龄儿童、少年入学接受义务教育的，由当地乡镇人民政府或者县级人民政府教育行政部门给予批评教育，责令限期改正（第五十八条）。"
                + "请依法采取措施，劝返该生复学。",
            $"报告单位：{content.School}",
            $"报告日期：{Day(content.On)}",
        ]);
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Basics(ReportContent content)
    {
        yield return $"姓名：{content.Name}";
        if (content.Sex.Length > 0)
            yield return $"性别：{content.Sex}";
        if (content.BirthDate is { } born)
            yield return $"出生日期：{Day(born)}";
        yield return $"学籍号：{content.StudentNo}";
        yield return $"学校：{content.School}（学校编号{content.SchoolNo}）";
        if (content.ClassNo.Length > 0)
            yield return $"班级：{content.ClassNo}";
    }

    /// <summary>A sub-district (街道) has an office, a town a government.</summary>
    private static string GovernmentOf(string town) => town.EndsWith("街道", StringComparison.Ordinal) ? "办事处" : town.EndsWith("办事处", StringComparison.Ordinal) ? "" : "人民政府";

    private static string Day(DateOnly day) => day.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);

    /// <summary>A note of several lines stays within its paragraph.</summary>
    private static string OneLine(string note) => new StringBuilder(note).Replace("\r\n", " ").Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ').ToString();
}
