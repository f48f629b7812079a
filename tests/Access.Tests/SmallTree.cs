using System.IO.Compression;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Access.Tests;

/// <summary>
/// One province with two of everything. The village 431003110201 lies under the town 431003101, as 麻田村 does today: its code still
/// begins with the town it left.
/// </summary>
internal static class SmallTree
{
    private static readonly string[] Codes =
    [
        "43", "4310", "431002", "431002101", "431002101201", "431003", "431003101", "431003101201", "431003110201", "431003110",
        "431003110202", "4311", "431102", "431102101", "431102101201"
    ];

    public static DivisionTree Tree { get; } = Load();

    public static readonly DateOnly Today = new(2026, 3, 2);

    public static DivisionId Id(string code) => DivisionId.Parse(code + "@2023");

    /// <summary>One division of each level, one above the other.</summary>
    public static string Own(DivisionLevel level) => "431003101201"[..DivisionCode.DigitsOf(level)];

    /// <summary>The division beside it.</summary>
    public static string? Beside(DivisionLevel level) => level switch
    {
        DivisionLevel.Village => "431003110201",
        DivisionLevel.Town => "431003110",
        DivisionLevel.County => "431002",
        DivisionLevel.City => "4311",
        _ => null
    };

    public static Caller Caller(
        Department department, Role role, DivisionLevel level, string? source = null, string? code = null) =>
        new("u-1", department, role, Id(code ?? Own(level)), Tree) { Source = source };

    private static DivisionTree Load()
    {
        var counts = string.Join('/', new[] { 2, 4, 6, 9, 12 }.Select(digits => Codes.Count(code => code.Length == digits)));
        var text = $"# edition=2023-06-30 counts={counts} name-bytes={Codes.Length}\n"
            + string.Concat(Codes.Select(code => $"{code},n,\n"));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }
}
