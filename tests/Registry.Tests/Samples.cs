using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Tests;

/// <summary>Small things that many tests need.</summary>
internal static class Samples
{
    private static readonly string[] Codes = ["43", "4310", "431002", "431002101", "431002101201", "431003", "431003101", "431003101218", "431003101219"];

    public static readonly DateOnly Today = new(2026, 3, 2);

    public static readonly DivisionTree Tree = Load();

    public static readonly IdPrefixes Prefixes = IdPrefixes.Load(Path.Combine(Root(), "deploy", "data", "id-prefixes.csv.gz"));

    public static readonly DivisionId Matian = DivisionId.Parse("431003101218@2023");

    public static readonly DivisionId NextVillage = DivisionId.Parse("431003101219@2023");

    /// <summary>A file that is shipped with the installation.</summary>
    public static string Shipped(string name) => Path.Combine(Root(), "deploy", "data", name);

    /// <summary>Something sealed, of no key that exists.</summary>
    public static Sealed Closed { get; } = Sealed.TryFrom(new byte[64], out var value) ? value : throw new InvalidOperationException();

    /// <summary>A parent whose status counts since long ago.</summary>
    public static ParentRecord Long(ParentState state) => ParentRecord.Unknown.Told(state, new(2020, 1, 1));

    /// <summary>An open file of a rural child, folded from its events.</summary>
    public static Child File(DateOnly? born, params (Parent Parent, ParentState Status, DateOnly Since)[] told) => File(born, Residency.Rural, told);

    /// <inheritdoc cref="File(DateOnly?, ValueTuple{Parent, ParentState, DateOnly}[])"/>
    public static Child File(DateOnly? born, Residency residency, params (Parent Parent, ParentState Status, DateOnly Since)[] told)
    {
        var facts = new ChildFacts(FileState.Open, Matian, born, Sex.Female, ChildCategory.None, null, CarerKind.NotCollected, false);
        var child = Child.New(Guid.NewGuid()).After(new ChildFileOpened(Guid.NewGuid(), residency, Closed, "d", null, facts, Eligibility.RuleVersion));
        return told.Aggregate(child, (c, t) => c.After(new ParentStatusRecorded(t.Parent, t.Status, t.Since, null, c.Facts)));
    }

    /// <summary>The file after what follows of a day.</summary>
    public static Child On(this Child child, DateOnly day) => DetermineCategory.Decide(child, day).Aggregate(child, (c, e) => c.After(e));

    private static DivisionTree Load()
    {
        var counts = string.Join('/', new[] { 2, 4, 6, 9, 12 }.Select(digits => Codes.Count(code => code.Length == digits)));
        var text = $"# edition=2023-06-30 counts={counts} name-bytes={Codes.Length}\n" + string.Concat(Codes.Select(code => $"{code},n,\n"));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }

    /// <summary>Build output may lie outside the repository: either the program or its source is inside.</summary>
    private static string Root([CallerFilePath] string source = "") =>
        Above(AppContext.BaseDirectory) ?? Above(Path.GetDirectoryName(source)) ?? throw new DirectoryNotFoundException("No folder above the tests holds the solution.");

    private static string? Above(string? folder) =>
        folder is null || System.IO.File.Exists(Path.Combine(folder, "LeftBehind.sln")) ? folder : Above(Path.GetDirectoryName(folder));
}
