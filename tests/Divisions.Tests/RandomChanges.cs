using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;

namespace LeftBehind.Divisions.Tests;

/// <summary>Changes of every kind drawn over whatever the tree has become; what the table forbids is drawn as well, and left out by whoever asks it.</summary>
internal static class RandomChanges
{
    private static readonly DateOnly Start = new(2023, 1, 1);

    /// <summary>Numbers from which a change is made once the tree is known.</summary>
    public static readonly Gen<uint[]> Draw = Gen.UInt.Array[8];

    /// <summary>A change of the tree as it is; perhaps a forbidden one.</summary>
    public static IDivisionChange Of(DivisionHistory now, uint[] draw)
    {
        var tree = new DivisionTree(now);
        var all = Enumerable.Range(0, tree.Count).Select(tree.IdAt).Order().ToList();
        var on = now.LastChange > Start ? now.LastChange.AddDays((int)(draw[0] % 40)) : Start;
        var division = all[(int)(draw[1] % all.Count)];
        var other = all[(int)(draw[2] % all.Count)];
        var peers = all.Where(d => d.Level == division.Level && d != division).ToList();
        var peer = peers.Count == 0 ? other : peers[(int)(draw[2] % peers.Count)];
        var code = CodeFor(now, draw[4], division);
        return (draw[3] % 8) switch
        {
            0 when division.Level < DivisionLevel.Village => Established(now, division, draw[4], on),
            1 => new DivisionRenamed(division, $"名{draw[4] % 100}", on, "文"),
            2 => new DivisionRecoded(division, code, on, "文"),
            3 => new DivisionReparented(division, ParentFor(all, division, draw[4]), on, "文"),
            4 => new DivisionsMerged([division], peer, on, "文"),
            5 => new DivisionSplit(division, [new(DivisionId.Of(code, on.Year), code, "部", [.. now.Children(division).Order().Take((int)(draw[5] % 2))])], on, "文"),
            6 when division.Level is DivisionLevel.Village && now.Parent(division) is { } town => new VillagesExtracted([division], DivisionId.Of(code, on.Year), code, "析", town, on, "文"),
            _ => new DivisionAbolished(division, on, "文"),
        };
    }

    private static DivisionEstablished Established(DivisionHistory now, DivisionId parent, uint draw, DateOnly on)
    {
        var code = DivisionCode.Parse(now.Now(parent)!.Code.Digits.PadRight(DivisionCode.DigitsOf(parent.Level + 1), '0')[..^2] + $"{20 + (draw % 70):00}");
        return new(DivisionId.Of(code, on.Year), code, "新", parent, false, on, "文");
    }

    /// <summary>A code beside the division's own, sometimes one that is in use.</summary>
    private static DivisionCode CodeFor(DivisionHistory now, uint draw, DivisionId division) => DivisionCode.Parse(now.Now(division)!.Code.Digits[..^1] + $"{draw % 10}") is var code && code.Digits[0] != '0' ? code : now.Now(division)!.Code;

    private static DivisionId ParentFor(List<DivisionId> all, DivisionId division, uint draw) =>
        all.Where(d => d.Level == division.Level - 1).ToList() is { Count: > 0 } above ? above[(int)(draw % above.Count)] : division;
}
