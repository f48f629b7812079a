namespace LeftBehind.Population.Recounting;

/// <summary>Recounted figures of every division at all five levels.</summary>
public sealed class RecountedFigures
{
    private readonly Dictionary<string, Dictionary<string, long>> _divisions = [];

    /// <summary>The names of all measures that are recounted.</summary>
    public static IReadOnlyList<string> Measures => MeasureNames.All;

    /// <summary>Codes of the divisions in which anybody is counted.</summary>
    public IReadOnlyCollection<string> Divisions => _divisions.Keys;

    /// <summary>Every measure of the division with this code of 2, 4, 6, 9 or 12 digits; all zero where nobody is counted.</summary>
    public IReadOnlyDictionary<string, long> Of(string code) => _divisions.TryGetValue(code, out var known) ? known : Zero();

    internal void Add(IEnumerable<string> divisions, IEnumerable<string> measures)
    {
        var counted = measures.ToList();
        foreach (var code in divisions)
        {
            if (!_divisions.TryGetValue(code, out var figures))
                _divisions[code] = figures = Zero();
            foreach (var measure in counted)
                figures[measure] = figures.TryGetValue(measure, out var n) ? n + 1 : throw new KeyNotFoundException($"{measure} is not a measure.");
        }
    }

    private static Dictionary<string, long> Zero() => MeasureNames.All.ToDictionary(m => m, _ => 0L);
}
