using System.Text.RegularExpressions;
using LeftBehind.Contracts.Assessment;

namespace LeftBehind.Assessment.Instruments;

/// <summary>What is wrong with a field.</summary>
public sealed record Fault(string Field, string Why)
{
    public override string ToString() => $"{Field}: {Why}";
}

/// <summary>What must hold of an instrument before anybody is assessed by it. Pure; tells every fault, each by its field.</summary>
public static partial class InstrumentRules
{
    private const int MostPoints = 10, MostWeight = 100, MostItems = 100, MostDomains = 20;

    /// <summary>The words of a kind, from the best to the worst.</summary>
    public static string[] OutcomesOf(InstrumentKind kind) => kind is InstrumentKind.Risk ? Enum.GetNames<RiskLevel>() : Enum.GetNames<GuardianshipGrade>();

    public static IReadOnlyList<Fault> FaultsOf(InstrumentContent content) =>
        [.. OfWords(content), .. OfDomains(content), .. OfItems(content), .. OfCutOffs(content), .. OfTriggers(content)];

    private static IEnumerable<Fault> OfWords(InstrumentContent content)
    {
        if (!IsCode().IsMatch(content.Code))
            yield return new("code", "2 to 40 small letters, digits and dashes, a letter first");
        if (content.Title.Length is 0 or > 100)
            yield return new("title", "1 to 100 characters");
        if (content.Basis.Length is 0 or > 500)
            yield return new("basis", "1 to 500 characters: say what it rests on");
    }

    private static IEnumerable<Fault> OfDomains(InstrumentContent content)
    {
        if (content.Domains.Count is 0 or > MostDomains)
            yield return new("domains", $"1 to {MostDomains}");
        for (var i = 0; i < content.Domains.Count; i++)
        {
            var domain = content.Domains[i];
            if (!IsCode().IsMatch(domain.Code))
                yield return new($"domains[{i}].code", "not a code");
            if (content.Domains.Take(i).Any(d => d.Code == domain.Code))
                yield return new($"domains[{i}].code", $"{domain.Code} is there twice");
            if (domain.Weight is < 1 or > MostWeight)
                yield return new($"domains[{i}].weight", $"1 to {MostWeight}");
            if (domain.Title.Length is 0 or > 100)
                yield return new($"domains[{i}].title", "1 to 100 characters");
            if (content.Items.All(item => item.Domain != domain.Code))
                yield return new($"domains[{i}].code", $"{domain.Code} has no item");
        }
    }

    private static IEnumerable<Fault> OfItems(InstrumentContent content)
    {
        if (content.Items.Count is 0 or > MostItems)
            yield return new("items", $"1 to {MostItems}");
        for (var i = 0; i < content.Items.Count; i++)
        {
            var item = content.Items[i];
            if (!IsCode().IsMatch(item.Code))
                yield return new($"items[{i}].code", "not a code");
            if (content.Items.Take(i).Any(d => d.Code == item.Code))
                yield return new($"items[{i}].code", $"{item.Code} is there twice");
            if (content.Domains.All(d => d.Code != item.Domain))
                yield return new($"items[{i}].domain", $"{item.Domain} is no domain of the instrument");
            if (item.Most is < 1 or > MostPoints)
                yield return new($"items[{i}].most", $"1 to {MostPoints}");
            if (item.Weight is < 1 or > MostWeight)
                yield return new($"items[{i}].weight", $"1 to {MostWeight}");
            if (item.Text.Length is 0 or > 200)
                yield return new($"items[{i}].text", "1 to 200 characters");
            if (item.Source.Length is 0 or > 200)
                yield return new($"items[{i}].source", "1 to 200 characters: the law, the policy, or platform default");
        }
        if (content.Items.Count > 0 && !content.Items.Any(item => item.Required))
            yield return new("items", "one is required at least, or nothing need be answered");
    }

    /// <summary>In order, from 0 to 100 without a gap or an overlap, and each word of the kind once, from the best to the worst.</summary>
    private static IEnumerable<Fault> OfCutOffs(InstrumentContent content)
    {
        var words = OutcomesOf(content.Kind);
        if (!content.CutOffs.Select(c => c.Outcome).SequenceEqual(words))
            yield return new("cut_offs", $"each of {string.Join(", ", words)} once, in this order");
        var end = 0;
        for (var i = 0; i < content.CutOffs.Count; i++)
        {
            var cut = content.CutOffs[i];
            if (cut.From < end)
                yield return new($"cut_offs[{i}].from", $"{cut.From} overlaps what ends at {end}");
            if (cut.From > end)
                yield return new($"cut_offs[{i}].from", $"nothing is said of {end} to {cut.From}");
            if (cut.To <= cut.From)
                yield return new($"cut_offs[{i}].to", $"not after {cut.From}");
            end = cut.To;
        }
        if (end != Scoring.Worst && content.CutOffs.Count > 0)
            yield return new($"cut_offs[{content.CutOffs.Count - 1}].to", $"{end}; the last ends at {Scoring.Worst}");
    }

    private static IEnumerable<Fault> OfTriggers(InstrumentContent content)
    {
        for (var i = 0; i < content.Triggers.Count; i++)
        {
            var trigger = content.Triggers[i];
            if (content.Items.FirstOrDefault(item => item.Code == trigger.Item) is not { } item)
                yield return new($"triggers[{i}].item", $"{trigger.Item} is no item of the instrument");
            else if (!IsBad(item, trigger.Points))
                yield return new($"triggers[{i}].points", $"no answer of {item.Code} that says anything bad");
            if (!OutcomesOf(content.Kind).Contains(trigger.Outcome))
                yield return new($"triggers[{i}].outcome", $"none of {string.Join(", ", OutcomesOf(content.Kind))}");
            if (trigger.Source.Length is 0 or > 200)
                yield return new($"triggers[{i}].source", "1 to 200 characters: the law, the policy, or platform default");
        }
    }

    /// <summary>An answer that the item has, and not its best: a trigger on the best would always go off.</summary>
    private static bool IsBad(InstrumentItem item, int points) => points >= 0 && points <= item.Most && points != (item.Orientation is Orientation.MoreIsWorse ? 0 : item.Most);

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    internal static partial Regex IsCode();
}
