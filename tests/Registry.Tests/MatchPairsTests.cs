using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Tests;

/// <summary>Precision and recall over 10,000 drawn pairs of which it is known whether they are one child.</summary>
public sealed class MatchPairsTests(ITestOutputHelper output)
{
    private const int Pairs = 10_000;
    private const string Surnames = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁";
    private const string Given = "伟强军磊洋勇涛明超刚平辉健浩轩泽博文斌鹏飞凯峰志远翔子涵梓晨阳家豪嘉树芳娜敏静丽娟霞英慧巧玉兰凤梅琳云雪爱香月婷可馨思雨欣怡";
    private static readonly DivisionId[] Villages = [.. Enumerable.Range(201, 40).Select(v => DivisionId.Parse($"4310031{v % 4:00}{v}@2023"))];

    [Theory]
    [InlineData(1)]
    [InlineData(2016)]
    [InlineData(431003)]
    public void Suspicions_are_right_and_few_duplicates_are_missed(int seed)
    {
        var random = new Random(seed);
        var (right, wrong, missed) = (0, 0, 0);
        var wrongBy = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Pairs; i++)
        {
            var (one, other, areOne, kind) = Pair(random);
            switch (MatchScore.Of(one, other).IsSuspect, areOne)
            {
                case (true, true): right++; break;
                case (true, false): wrong++; wrongBy[kind] = wrongBy.GetValueOrDefault(kind) + 1; break;
                case (false, true): missed++; break;
            }
        }
        var (precision, recall) = ((double)right / (right + wrong), (double)right / (right + missed));
        var line = FormattableString.Invariant($"{Pairs} pairs, seed {seed}: precision {precision:P2}, recall {recall:P2}; wrongly suspected: {string.Join(", ", wrongBy.Select(w => $"{w.Key} {w.Value}"))}");
        output.WriteLine(line);
        Console.WriteLine(line);
        Assert.True(precision >= 0.98 && recall >= 0.85, line);
    }

    /// <summary>Half are one child told by two sources; the others are what is easily taken for one.</summary>
    private static (MatchFeatures One, MatchFeatures Other, bool AreOne, string Kind) Pair(Random random)
    {
        var child = Draw(random);
        if (random.Next(2) == 0)
            return (Told(random, child), Told(random, child), true, "same");
        var other = Draw(random);
        return random.Next(5) switch
        {
            0 => (Told(random, child), Told(random, child with { Name = child.Name[..1] + Name(random)[1..], Number = other.Number }), false, "twins"),
            1 => (Told(random, child), Told(random, child with { Name = child.Name[..^1] + Pick(random, Given), BirthDate = other.BirthDate, Sex = other.Sex, Number = other.Number }), false, "siblings"),
            2 => (Told(random, child), Told(random, other with { Name = child.Name, Village = child.Village, Town = child.Town }), false, "same name in the village"),
            3 => (Told(random, child), Told(random, other with { BirthDate = child.BirthDate, Village = child.Village, Town = child.Town }), false, "same birth date in the village"),
            _ => (Told(random, child), Told(random, other), false, "strangers"),
        };
    }

    private static MatchFeatures Draw(Random random)
    {
        var village = Villages[random.Next(Villages.Length)];
        return new(Name(random), new DateOnly(2010, 1, 1).AddDays(random.Next(5800)), random.Next(2) == 0 ? Sex.Male : Sex.Female, village,
            TownOf(village), random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture), false, Guid.NewGuid(), new HashSet<string> { Name(random), Name(random), Name(random) });
    }

    /// <summary>What one source tells: slips, homophones as other characters, missing fields, a move.</summary>
    private static MatchFeatures Told(Random random, MatchFeatures child)
    {
        bool In100(int n) => random.Next(100) < n;
        if (In100(5) && child.Name.Length > 1)
            child = child with { Name = child.Name[..^1] + Pick(random, Given) };
        if (In100(2))
            child = child with { Name = "" };
        if (In100(3))
            child = child with { BirthDate = child.BirthDate!.Value.AddDays(random.Next(2) == 0 ? 1 : 10) };
        if (In100(3))
            child = child with { BirthDate = null };
        if (In100(5))
            child = child with { Sex = Sex.NotCollected };
        if (In100(10) && Villages[random.Next(Villages.Length)] is var moved)
            child = child with { Village = moved, Town = TownOf(moved) };
        // Most second sources tell no household, and of those that do not all name the same adults.
        var adults = In100(60) ? child.Adults.Where(_ => In100(70)).ToHashSet() : [];
        return child with { Household = Guid.NewGuid(), Adults = adults, Number = In100(30) ? child.Number : null, NumberVerified = In100(10) };
    }

    private static DivisionId TownOf(DivisionId village) => DivisionId.Parse(village.ToString()[..9] + "@2023");

    private static string Name(Random random) => Pick(random, Surnames) + Pick(random, Given) + (random.Next(100) < 8 ? "" : Pick(random, Given));

    private static string Pick(Random random, string from) => from[random.Next(from.Length)].ToString();
}
