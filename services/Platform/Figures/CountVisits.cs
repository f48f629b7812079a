using System.Numerics;
using System.Text.Json;
using LeftBehind.Contracts.Registry;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a child counts in by its visits (走访); one of whom nothing was told counts as not due and without a worker. Pure.</summary>
internal static class CountVisits
{
    public static void Of(List<short> cells, ChildFacts child, VisitFacts? visits)
    {
        cells.Add(Measures.Number(Measures.OnFile, "verifiedByVisit", visits is { VerifiedByVisit: true } ? "yes" : "no"));
        cells.Add(Measures.Number(Measures.OnFile, "worker", visits is { HasWorker: true } ? "named" : "missing"));
        cells.Add(Measures.Number(Measures.OnFile, "keyList", KeyListOf(visits?.KeyList ?? KeyListReasons.None)));
        if (child.Category.IsLeftBehind())
            cells.Add(Measures.Number(Measures.LeftBehind, "visited", VisitedOf(visits)));
        if (child.Category.IsInDifficulty())
            cells.Add(Measures.Number(Measures.InDifficulty, "visited", VisitedOf(visits)));
    }

    private static string VisitedOf(VisitFacts? visits) => visits switch
    {
        null or { Cadence: Cadence.None } => "notDue",
        { Overdue: true } => "overdue",
        { LastVisitOn: null } => "never",
        _ => "inTime",
    };

    /// <summary>One bucket a child, so that they sum to those on file.</summary>
    private static string KeyListOf(KeyListReasons reasons) =>
        BitOperations.PopCount((uint)reasons) > 1 ? "several" : JsonNamingPolicy.CamelCase.ConvertName(reasons.ToString());
}
