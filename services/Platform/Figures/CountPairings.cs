using System.Text.Json;
using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a pairing (结对帮扶) counts in, while it runs. Pure.</summary>
internal static class CountPairings
{
    public static void Of(List<short> cells, PairingFacts pairing)
    {
        if (!pairing.Active)
            return;
        cells.Add(Measures.Number(Measures.Pairing, "total", "all"));
        cells.Add(Measures.Number(Measures.Pairing, "need", JsonNamingPolicy.CamelCase.ConvertName(pairing.Need.ToString())));
        cells.Add(Measures.Number(Measures.Pairing, "commitment", pairing.CommitmentSigned ? "signed" : "missing"));
        cells.Add(Measures.Number(Measures.Pairing, "plan", pairing.HasPlan ? "yes" : "no"));
        cells.Add(Measures.Number(Measures.Pairing, "talked", pairing.Talks > 0 ? "yes" : "no"));
        cells.Add(Measures.Number(Measures.Pairing, "visited", pairing.HomeVisits > 0 ? "yes" : "no"));
    }
}
