using System.Collections.Immutable;

namespace LeftBehind.Assessment.Instruments;

/// <summary>What an instrument says of answers, with all that it said it by.</summary>
/// <param name="Instrument">Its code.</param>
/// <param name="Version">The version that was used; stays, whatever is published later.</param>
/// <param name="Answers">Points by item.</param>
/// <param name="Points">0 to 100, the worst.</param>
/// <param name="Triggered">Items whose hard trigger went off.</param>
/// <param name="Outcome">A word of the instrument's kind.</param>
/// <param name="Floor">The outcome that hard triggers hold; nobody decides below it. The best word where none went off.</param>
public sealed record Scored(
    string Instrument, int Version, ImmutableSortedDictionary<string, int> Answers, int Points, ImmutableList<string> Triggered, string Outcome, string Floor);

/// <summary>
/// Scores answers by one version of an instrument: each item's share of the worst, by weight within its domain, each domain by weight
/// among those that were answered. Pure.
/// </summary>
public static class Scoring
{
    public const int Worst = 100;

    /// <summary>Answers that are missing, unknown or out of range, by field.</summary>
    public static IReadOnlyList<Fault> FaultsOf(InstrumentContent content, IReadOnlyDictionary<string, int> answers) =>
    [
        .. from item in content.Items where item.Required && !answers.ContainsKey(item.Code) select new Fault($"answers.{item.Code}", "is required"),
        .. from answer in answers
           let item = content.Items.FirstOrDefault(i => i.Code == answer.Key)
           where item is null || answer.Value < 0 || answer.Value > item.Most
           orderby answer.Key
           select new Fault($"answers.{(item is null ? "*" : item.Code)}", item is null ? "an item that the instrument does not have" : $"0 to {item.Most}"),
    ];

    /// <summary>Of answers without a fault.</summary>
    public static Scored Of(InstrumentPublished version, IReadOnlyDictionary<string, int> answers)
    {
        var content = version.Content;
        var (sum, weights) = (0m, 0m);
        foreach (var domain in content.Domains)
        {
            var answered = content.Items.Where(i => i.Domain == domain.Code && answers.ContainsKey(i.Code)).ToList();
            if (answered.Count == 0)
                continue;
            sum += domain.Weight * answered.Sum(i => i.Weight * ShareOf(i, answers[i.Code])) / answered.Sum(i => i.Weight);
            weights += domain.Weight;
        }
        var points = (int)Math.Round(Worst * sum / weights, MidpointRounding.AwayFromZero);
        var words = InstrumentRules.OutcomesOf(content.Kind);
        var byPoints = content.CutOffs.First(c => points < c.To || c.To == Worst).Outcome;
        var gone = content.Triggers.Where(t => answers.TryGetValue(t.Item, out var points) && IsReached(content.Items.First(i => i.Code == t.Item), points, t.Points)).ToList();
        var floor = gone.Select(t => t.Outcome).Append(words[0]).MaxBy(w => Array.IndexOf(words, w))!;
        return new(content.Code, version.Number, answers.ToImmutableSortedDictionary(StringComparer.Ordinal), points, [.. gone.Select(t => t.Item).Distinct()],
            Array.IndexOf(words, floor) > Array.IndexOf(words, byPoints) ? floor : byPoints, floor);
    }

    private static decimal ShareOf(InstrumentItem item, int points) => (item.Orientation is Orientation.MoreIsWorse ? points : item.Most - points) / (decimal)item.Most;

    private static bool IsReached(InstrumentItem item, int answered, int points) => item.Orientation is Orientation.MoreIsWorse ? answered >= points : answered <= points;
}
