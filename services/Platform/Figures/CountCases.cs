using System.Numerics;
using System.Text.Json;
using LeftBehind.Contracts.Guardianship;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures an intervention case counts in; closed ones too, in their state. Pure.</summary>
internal static class CountCases
{
    public static void Of(List<short> cells, CaseFacts facts)
    {
        cells.Add(Measures.Number(Measures.InterventionCase, "total", "all"));
        cells.Add(Measures.Number(Measures.InterventionCase, "step", Word(facts.Step)));
        cells.Add(Measures.Number(Measures.InterventionCase, "ground", GroundOf(facts.Grounds)));
        cells.Add(Measures.Number(Measures.InterventionCase, "order", Word(facts.Order)));
        cells.Add(Measures.Number(Measures.InterventionCase, "state", Word(facts.State)));
    }

    /// <summary>One bucket a case, so that they sum to the total.</summary>
    private static string GroundOf(PetitionGrounds grounds) => BitOperations.PopCount((uint)grounds) > 1 ? "several" : Word(grounds);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
