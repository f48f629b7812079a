using System.Text.Json;
using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a difference between roll and Registry counts in, decided on or not, while it lasts. Pure.</summary>
internal static class CountReconciliation
{
    public static void Of(List<short> cells, ReconciliationFacts difference)
    {
        if (difference.State is ReconciliationState.Gone)
            return;
        cells.Add(Measures.Number(Measures.Reconciliation, "state", Word(difference.State)));
        cells.Add(Measures.Number(Measures.Reconciliation, "total", "all"));
        cells.Add(Measures.Number(Measures.Reconciliation, "kind", Word(difference.Kind)));
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
