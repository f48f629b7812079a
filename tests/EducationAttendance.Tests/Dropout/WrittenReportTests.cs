using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Dropout.Reports;

namespace LeftBehind.EducationAttendance.Tests.Dropout;

/// <summary>The written report: what it says.</summary>
public class WrittenReportTests
{
    private static readonly ReportContent Content = new(
        "白露塘镇中心小学", "S1", "苏仙区", "白露塘镇", "李小禾", "L2026000001", "女", new(2016, 5, 1), "3-1", "白小报〔2026〕1号", new(2026, 6, 5), new(2026, 4, 30), 1,
        [new(new(2026, 5, 8), ReportWords.Of(new GuardianContacted(default, default, default, ContactOutcome.NotReached, null, null!)), "电话无人接听\n再拨亦然"), new(new(2026, 6, 1), "劝返无效", "")]);

    [Fact]
    public void It_is_addressed_to_the_countys_education_and_the_town_and_tells_what_was_done_in_order()
    {
        var lines = ReportText.Of(Content).TrimEnd('\n').Split('\n');
        Assert.Equal([ReportText.Title, "编号：白小报〔2026〕1号", "苏仙区教育局、白露塘镇人民政府："], lines[..3]);
        Assert.Contains("姓名：李小禾；性别：女；出生日期：2016年5月1日；学籍号：L2026000001；学校：白露塘镇中心小学（学校编号S1）；班级：3-1。", lines);
        Assert.Contains("自2026年4月30日起无故旷课，至报告之日未复学。此前复学后再次旷课1次。", lines);
        Assert.Contains("1. 2026年5月8日，联系监护人，未联系上。电话无人接听 再拨亦然", lines);
        Assert.Contains("2. 2026年6月1日，劝返无效。", lines);
        Assert.Contains(lines, l => l.Contains("《中华人民共和国义务教育法》第十三条", StringComparison.Ordinal) && l.Contains("（第五十八条）", StringComparison.Ordinal));
        Assert.Equal(["报告单位：白露塘镇中心小学", "报告日期：2026年6月5日"], lines[^2..]);
    }

    [Theory]
    [InlineData("白露塘镇", "白露塘镇人民政府")]
    [InlineData("苏仙岭街道", "苏仙岭街道办事处")]
    [InlineData("苏仙岭街道办事处", "苏仙岭街道办事处")]
    public void A_sub_district_has_an_office(string town, string addressed) => Assert.Contains($"、{addressed}：", ReportText.Of(Content with { Town = town }), StringComparison.Ordinal);

    [Fact]
    public void What_the_roll_alone_told_says_so_and_what_is_not_known_is_left_out()
    {
        var text = ReportText.Of(Content with { AbsentSince = null, Relapses = 0, Sex = "", BirthDate = null, ClassNo = "" });
        Assert.Contains("学籍系统登记辍学，至报告之日未复学。\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("性别", text, StringComparison.Ordinal);
        Assert.DoesNotContain("班级", text, StringComparison.Ordinal);
    }
}
