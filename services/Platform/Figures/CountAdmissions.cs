using System.Text.Json;
using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a refused admission (拒收) counts in, open or settled; what was found to be no refusal counts in none. Pure.</summary>
internal static class CountAdmissions
{
    public static void Of(List<short> cells, AdmissionFacts admission)
    {
        if (admission.Outcome is AdmissionOutcome.NoRefusal)
            return;
        cells.Add(Measures.Number(Measures.Admission, "total", "all"));
        cells.Add(Measures.Number(Measures.Admission, "state", Word(admission.State)));
        cells.Add(Measures.Number(Measures.Admission, "reason", Word(admission.Reason)));
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
