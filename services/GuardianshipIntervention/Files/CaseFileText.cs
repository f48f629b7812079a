using System.Globalization;
using System.Text;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Files;

/// <summary>What a case file is written from, with what evidence tells in the clear: it lives in memory alone.</summary>
/// <param name="Case">The case.</param>
/// <param name="Place">Where its child lives, by name from the county down, and by code.</param>
/// <param name="Clocks">The courts' times.</param>
/// <param name="Descriptions">What items of evidence show, by item; of the others nothing was told, or the child was erased.</param>
/// <param name="At">When it is written.</param>
public sealed record CaseFileContent(
    InterventionCase Case, string Place, IReadOnlyList<CaseClock> Clocks, IReadOnlyDictionary<Guid, string> Descriptions, DateTimeOffset At)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(CaseFileContent);
}

/// <summary>The case file (案卷) in Chinese, as one plain text to be printed: first line the title, then lines of one paragraph each. Pure.</summary>
public static class CaseFileText
{
    public const string Title = "监护干预案卷";

    private static readonly TimeSpan InChina = TimeSpan.FromHours(8);

    public static string Of(CaseFileContent file)
    {
        var of = file.Case;
        List<string> lines =
        [
            Title,
            $"案件编号：{of.Id}",
            $"儿童档案：{of.Of!.Child}；居住地：{file.Place}；被干预人：{CaseFileWords.Of(of.Of.Respondent)}",
            $"案件状态：{CaseFileWords.Of(of.State)}；人身安全保护令：{CaseFileWords.Of(of.Order)}；案卷版本：{of.Version}；生成时间：{Moment(file.At)}",
            .. Chapter("一、经过", Happened(file)),
            .. Chapter("二、证据目录", of.Evidence.OrderBy(e => e.OccurredAt).Select(e => Item(e, file))),
            .. Chapter("三、撤销监护人资格的情形（监护干预机制）", Grounds.Of(of, file.At).Where(g => g.Limbs.Any(l => l.State is not LimbState.Missing)).Select(Ground)),
            .. Chapter("四、期限", file.Clocks.Select(c => Time(c, file.At))),
            .. Chapter("五、文书目录", Documents(of)),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Chapter(string heading, IEnumerable<string> entries) =>
        [heading, .. entries.Select((entry, i) => $"{i + 1}. {entry}").DefaultIfEmpty("无。")];

    private static IEnumerable<string> Happened(CaseFileContent file) =>
        file.Case.Steps.Select(s => (s.OccurredAt, What: $"{CaseFileWords.Of(s.Act)}：{CaseFileWords.Of(s.Conduct)}。{s.Organ}，{s.DocumentNo}。"))
            .Concat(file.Case.Evidence.Select(e => (e.OccurredAt, What: $"证据：{CaseFileWords.Of(e.Limb)}。{e.Organ}，{e.DocumentNo}。")))
            .Concat(file.Case.Acts.Select(a => (a.OccurredAt, What: $"{Act(a)}。{a.Organ}，{a.DocumentNo}。")))
            .OrderBy(e => e.OccurredAt).Select(e => $"{Moment(e.OccurredAt)}，{e.What}");

    private static string Act(CourtRecord act) => CaseFileWords.Of(act.Act) + act switch
    {
        { Petitioner: { } petitioner } => $"（申请人：{CaseFileWords.Of(petitioner)}；{string.Join("、", Pleaded(act.Pleaded))}）",
        { Guardian: { } guardian } => $"，指定监护人：{CaseFileWords.Of(guardian)}",
        { Until: { } until } => $"，至{Day(until)}",
        { Urgent: true } => "（情况紧急）",
        _ => "",
    };

    private static IEnumerable<string> Pleaded(PetitionGrounds grounds) =>
        Enum.GetValues<PetitionGrounds>().Where(g => g is not PetitionGrounds.None && grounds.HasFlag(g)).Select(g => CaseFileWords.Of(g));

    private static string Item(Evidence item, CaseFileContent file) =>
        $"{CaseFileWords.Of(item.Limb)}：{CaseFileWords.Of(item.Kind)}，{item.Organ}，{item.DocumentNo}，{Moment(item.OccurredAt)}{(item.Disputed ? "，有争议" : "")}。"
        + OneLine(file.Descriptions.GetValueOrDefault(item.Request, ""));

    private static string Ground(GroundFinding ground) =>
        $"{CaseFileWords.Of(ground.Ground)}（{CaseFileWords.Of(ground.Basis)}）：{string.Join("；", ground.Limbs.Select(Finding))}。";

    private static string Finding(LimbFinding limb) =>
        $"{CaseFileWords.Of(limb.Limb)}，{CaseFileWords.Of(limb.State)}" + (limb.Needed > 1 ? $"（{limb.Counted}/{limb.Needed}）" : "");

    private static string Time(CaseClock clock, DateTimeOffset now) =>
        $"{CaseFileWords.OfClock(clock.Kind)}：自{Moment(clock.StartedAt)}起，应于{Moment(clock.DueAt)}前；{(clock.EndedAt is { } ended ? $"{Moment(ended)}完成" : "尚未完成")}"
        + $"{(clock.IsLate(now) ? "，逾期" : "")}。依据：{clock.Citation}。";

    /// <summary>Each document once, in the order of what it first tells.</summary>
    private static IEnumerable<string> Documents(InterventionCase of) =>
        of.Steps.Select(s => (s.OccurredAt, s.Organ, s.DocumentNo)).Concat(of.Evidence.Select(e => (e.OccurredAt, e.Organ, e.DocumentNo)))
            .Concat(of.Acts.Select(a => (a.OccurredAt, a.Organ, a.DocumentNo))).OrderBy(d => d.OccurredAt)
            .DistinctBy(d => (d.Organ, d.DocumentNo)).Select(d => $"{d.Organ}，{d.DocumentNo}，{Day(DateOnly.FromDateTime(d.OccurredAt.ToOffset(InChina).DateTime))}");

    private static string Moment(DateTimeOffset at) => at.ToOffset(InChina).ToString("yyyy'年'M'月'd'日' HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);

    /// <summary>A description of several lines stays within its paragraph.</summary>
    private static string OneLine(string text) => new StringBuilder(text.ReplaceLineEndings(" ")).Replace('\t', ' ').ToString();
}
