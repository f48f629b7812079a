using LeftBehind.Platform.Figures;
using static LeftBehind.Platform.Figures.Measures;

namespace LeftBehind.Platform.Indicators;

/// <summary>A share: how many of those it is about have what it asks for. Sums of figures are figures, so it holds at every level. Pure.</summary>
/// <param name="Name">Under which it is asked for.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Have">The measures of those who have it.</param>
/// <param name="Of">The measures of all whom it is about; those of whom it is not known are among them where the name is a goal's.</param>
public sealed record Indicator(string Name, string Title, IReadOnlyList<short> Have, IReadOnlyList<short> Of)
{
    /// <summary>The five headline indicators come first, then the working indicators.</summary>
    public static IReadOnlyList<Indicator> All { get; } =
    [
        // 学业有教、监护有人、生活有助、健康有保、安全有护: of all left-behind children, the policy's own goals.
        Share("educated", "学业有教", Measures.LeftBehind, "educated", ["met"]),
        Share("guarded", "监护有人", Measures.LeftBehind, "guarded", ["met"]),
        Share("supported", "生活有助", Measures.LeftBehind, "supported", ["met"]),
        Share("healthy", "健康有保", Measures.LeftBehind, "healthy", ["met"]),
        Share("safe", "安全有护", Measures.LeftBehind, "safe", ["met"]),
        Share("filed", "建档率", Pupil, "match", ["matched"]),
        Share("verified", "身份核实率", OnFile, "verified", ["yes"]),
        Share("verifiedAtHome", "入户核实率", OnFile, "verifiedByVisit", ["yes"]),
        Share("entrusted", "委托照护率", Measures.LeftBehind, "entrusted", ["yes"]),
        Share("carerScreened", "受托人核查率", Measures.LeftBehind, "screened", ["yes"], ["no"]),
        Share("contacted", "父母按周联系率", Measures.LeftBehind, "contact", ["inTime"], ["missed"]),
        Share("visited", "按期走访率", Measures.LeftBehind, "visited", ["inTime"], ["overdue", "never"]),
        Share("enrolled", "义务教育入学率", Pupil, "enrolment", ["inSchool"], ["notInSchool"]),
        Share("attending", "无旷课率", Pupil, "truancy", ["none"], ["unexcused", "truant"]),
        Share("returned", "劝返率", Pupil, "dropout", ["returned"], ["suspected", "registered", "persuasion", "reported", "townPersuasion", "ordered", "legalMeasures"]),
        Share("rollsTaken", "考勤按时率", ClassDay, "roll", ["taken"]),
        Share("reportsConcluded", "报告办结率", Report, "state", ["concluded"], ["received", "triaged", "referredToPolice", "underHandling"]),
        Share("responsesClosed", "处置办结率", Response, "state", ["closed"]),
        Share("assessedInTime", "按期评估率", Measures.Assessment, "due", ["inTime"], ["overdue", "late"]),
        Share("plansCompleted", "帮扶方案完成率", Plan, "state", ["completed"], ["approved", "active", "reviewed"]),
        Share("servicesDelivered", "服务落实率", Service, "state", ["delivered"], ["planned", "arranged", "failed", "declined"]),
        Share("hazardsRectified", "隐患整改率", Hazard, "state", ["rectified", "rectifiedLate"]),
        Share("appealsAnswered", "诉求按期答复率", HotlineAppeal, "answer", ["inTime"], ["late", "overdue"]),
        Share("dutiesInTime", "履职按期率", Obligation, "state", ["fulfilled"], ["fulfilledLate", "overdue"]),
        new("collected", "信息完整率", [.. Collected(known: true)], [.. Collected(known: false)]),
    ];

    /// <summary>The indicator of a name; null of none.</summary>
    public static Indicator? Find(string name) => All.FirstOrDefault(i => i.Name == name);

    /// <summary>Whether all that it is made of is shown.</summary>
    public bool IsShownBy(IReadOnlySet<short> shown) => Have.All(shown.Contains) && Of.All(shown.Contains);

    /// <summary>How many have it, and of how many.</summary>
    public (long Have, long Of) Count(long[] cells) => (Have.Sum(m => cells[m]), Of.Sum(m => cells[m]));

    /// <summary>Of those named, and of the others where none are named: every bucket of the dimension.</summary>
    private static Indicator Share(string name, string title, string population, string dimension, string[] have, string[]? others = null)
    {
        short[] of = others is null ? Measures.Of([population], [dimension]) : [.. have.Concat(others).Select(bucket => Number(population, dimension, bucket))];
        return new(name, title, [.. have.Select(bucket => Number(population, dimension, bucket))], of);
    }

    /// <summary>Of each dimension of the official table that may be not collected (未采集), who is known and who is all.</summary>
    private static IEnumerable<short> Collected(bool known) =>
        from dimension in (string[])["schooling", "health", "aid", "carer", "reason", "boarding", "grade"]
        from measure in Measures.Of([Measures.LeftBehind], [dimension])
        where !known || !Measures.All[measure].EndsWith(".notCollected", StringComparison.Ordinal)
        select measure;
}
