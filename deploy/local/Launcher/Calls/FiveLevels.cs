using System.Globalization;
using LeftBehind.Protos.Platform.V1;
using Spectre.Console;

namespace LeftBehind.Launcher.Calls;

/// <summary>The five-level table: from the province down to a division, and the divisions below it, each as its own bureau sees it.</summary>
internal static class FiveLevels
{
    private static readonly (string Head, string Measure)[] Columns =
    [
        ("on file", "onFile.total.all"), ("left behind", "leftBehind.total.all"), ("both out", "leftBehind.reason.bothParentsOut"),
        ("with grandparents", "leftBehind.carer.grandparents"), ("primary", "leftBehind.schooling.primary"), ("junior middle", "leftBehind.schooling.juniorMiddle"),
        ("schooling 未采集", "leftBehind.schooling.notCollected"), ("in difficulty", "inDifficulty.total.all"), ("pupils", "pupil.total.all"), ("dropped out", "pupil.state.droppedOut"),
    ];

    internal static async Task ShowAsync(LocalCalls calls, string code, bool children, CancellationToken cancellation)
    {
        var asked = await AskAsync(calls, code, cancellation);
        var table = new Table().Border(TableBorder.Simple).AddColumns("level", "code", "division");
        foreach (var (head, _) in Columns)
            table.AddColumn(head, c => c.RightAligned());
        foreach (var division in asked.Path)
            Add(table, division.Code == code ? asked.Division : (await AskAsync(calls, division.Code, cancellation)).Division, division.Code == code);
        if (children)
            foreach (var child in asked.Children)
                Add(table, child, bold: false);
        AnsiConsole.Write(table);
        Console.WriteLine($"ages counted on {asked.CountedOn}, position {asked.AsOfSequence} of the platform's log");
    }

    private static async Task<Figures> AskAsync(LocalCalls calls, string code, CancellationToken cancellation) =>
        await calls.Platform.GetFiguresAsync(new() { DivisionCode = code }, calls.Bureau(code, cancellation));

    private static void Add(Table table, DivisionFigures row, bool bold)
    {
        var values = row.Figures.ToDictionary(f => f.Measure, f => f.Value);
        string[] head = row.Merged ? ["", "", $"{row.MergedVillages} others, small ones among them"] : [row.Division.Level, row.Division.Code, row.Division.Name];
        var cells = head.Concat(Columns.Select(c => values.GetValueOrDefault(c.Measure).ToString("N0", CultureInfo.InvariantCulture))).Select(Markup.Escape);
        table.AddRow([.. cells.Select(c => bold ? $"[bold]{c}[/]" : c)]);
    }
}
