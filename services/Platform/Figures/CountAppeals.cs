using System.Text.Json;
using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures an appeal to the hotline 12355 counts in on a day. Pure.</summary>
internal static class CountAppeals
{
    public static void Of(List<short> cells, HotlineAppealFacts appeal, DateOnly day)
    {
        Count("total", "all");
        Count("class", appeal.Class is { } @class ? Word(@class) : "notClassified");
        Count("state", Word(appeal.State));
        Count("channel", Word(appeal.Channel));
        Count("answer", AnswerOf(appeal, day));
        Count("transferred", Often(appeal.Hops));
        foreach (var help in Enum.GetValues<HotlineHelp>())
            Count(Word(help), Often(appeal.Helped.Count(h => h == help)));

        void Count(string dimension, string bucket) => cells.Add(Measures.Number(Measures.HotlineAppeal, dimension, bucket));
    }

    /// <summary>The first day on which an answer that is owed is late; null where none is owed or it was given.</summary>
    public static DateOnly? LateOn(HotlineAppealFacts appeal) => appeal.AnsweredOn is null ? appeal.AnswerDueOn?.AddDays(1) : null;

    /// <summary>Overdue, not in breach: its time is a platform default.</summary>
    private static string AnswerOf(HotlineAppealFacts appeal, DateOnly day) => appeal switch
    {
        { AnswerDueOn: null } => "notDue",
        { AnsweredOn: { } on, AnswerDueOn: { } due } => on <= due ? "inTime" : "late",
        _ => LateOn(appeal) <= day ? "overdue" : "pending",
    };

    private static string Often(int times) => times switch { 0 => "none", 1 => "once", _ => "several" };

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
