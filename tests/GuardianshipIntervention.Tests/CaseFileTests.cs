using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Files;
using LeftBehind.GuardianshipIntervention.Petitions;
using Xunit;

namespace LeftBehind.GuardianshipIntervention.Tests;

/// <summary>The case file: every act, item, ground, time and document of a case, once, in its place and in the words of law and policy.</summary>
public class CaseFileTests
{
    private static readonly DateTimeOffset Filed = Story.Now.AddDays(-40);

    private static readonly CaseClock Judgment = new(
        CaseDuties.JudgePetition, Filed, Filed.AddDays(30), null, ObligationBasis.Law, "民事诉讼法 §187");

    [Fact]
    public void What_happened_is_told_in_order_and_each_document_is_listed_once()
    {
        var story = new Story(conduct: Conduct.Abuse, act: InterventionAct.Admonition).Evidence(Limb.SevereHarm, Filed.AddDays(-1))
            .Act(CourtAct.PetitionFiled, Filed).Act(CourtAct.GuardianshipRevoked, Story.Now.AddDays(-2));
        var lines = LinesOf(story);
        Assert.Equal(CaseFileText.Title, lines[0]);
        Assert.Contains("；居住地：苏仙区白露塘镇麻田村（431003101218）；被干预人：父亲", lines[2], StringComparison.Ordinal);
        Assert.Equal(
            [
                "1. 2025年9月1日 09:00，劝诫、批评教育：虐待。公安分局，1号。", "2. 2026年7月22日 09:00，证据：身心健康严重损害。派出所，2号。",
                "3. 2026年7月23日 09:00，申请撤销监护人资格（申请人：民政部门；情形一）。苏仙区人民法院，3号。",
                "4. 2026年8月30日 09:00，判决撤销监护人资格，指定监护人：村（居）民委员会或者民政部门。苏仙区人民法院，4号。",
            ], Chapter(lines, "一、经过"));
        Assert.Equal(["1. 身心健康严重损害：书证，派出所，2号，2026年7月22日 09:00。左臂骨折 第二行"], Chapter(lines, "二、证据目录"));
        Assert.Equal(
            ["1. 情形一（民法典第三十六条第一款第一项）：侵害、出卖、遗弃、虐待、暴力伤害，已有证据；身心健康严重损害，已有证据。"], Chapter(lines, "三、撤销监护人资格的情形（监护干预机制）"));
        Assert.Equal(["1. 审结撤销监护人资格案件：自2026年7月23日 09:00起，应于2026年8月22日 09:00前；尚未完成，逾期。依据：民事诉讼法 §187。"], Chapter(lines, "四、期限"));
        Assert.Equal(["1. 公安分局，1号，2025年9月1日", "2. 派出所，2号，2026年7月22日", "3. 苏仙区人民法院，3号，2026年7月23日", "4. 苏仙区人民法院，4号，2026年8月30日"], Chapter(lines, "五、文书目录"));
    }

    [Fact]
    public void What_is_counted_says_how_many_of_how_many_and_an_empty_chapter_says_so()
    {
        var lines = LinesOf(new Story(conduct: Conduct.ExploitedForBegging, act: InterventionAct.Admonition), clocks: []);
        Assert.Contains("三次以上批评教育，缺（1/3）", Assert.Single(Chapter(lines, "三、撤销监护人资格的情形（监护干预机制）")), StringComparison.Ordinal);
        Assert.Equal(["无。"], Chapter(lines, "二、证据目录"));
        Assert.Equal(["无。"], Chapter(lines, "四、期限"));
    }

    public static TheoryData<Type> Words => [.. (Type[])
    [
        typeof(Respondent), typeof(Conduct), typeof(InterventionAct), typeof(CourtAct), typeof(Limb), typeof(LimbState), typeof(EvidenceKind), typeof(PleadingBasis),
        typeof(Petitioner), typeof(GuardianKind), typeof(CaseState), typeof(OrderState),
    ]];

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_word_has_one_of_its_own_in_Chinese(Type words)
    {
        var chinese = Enum.GetValues(words).Cast<Enum>().Select(CaseFileWords.Of).ToList();
        Assert.Equal(chinese.Count, chinese.Distinct().Count());
        Assert.All(chinese, word => Assert.DoesNotContain(word, c => char.IsAscii(c)));
    }

    private static string[] LinesOf(Story story, CaseClock[]? clocks = null) => CaseFileText.Of(new(
        story.Case, "苏仙区白露塘镇麻田村（431003101218）", clocks ?? [Judgment], story.Case.Evidence.ToDictionary(e => e.Request, _ => "左臂骨折\n第二行"), Story.Now)).TrimEnd('\n').Split('\n');

    private static string[] Chapter(string[] lines, string heading) =>
        [.. lines.SkipWhile(l => l != heading).Skip(1).TakeWhile(l => l.Length > 1 && l[1] is not '、')];
}
