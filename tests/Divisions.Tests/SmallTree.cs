using System.IO.Compression;
using System.Text;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions.Tests;

/// <summary>Trees of a few divisions, written as the shipped list is.</summary>
internal static class SmallTree
{
    /// <summary>Two cities with two counties each, two towns in each county, two villages in each town, of the edition of 2019.</summary>
    public static DivisionHistory Regular { get; } = Of("2019-10-31",
    [
        "43,湖南省", .. from city in new[] { "4310", "4311" }
                     from row in (string[])[$"{city},市{city[2..]}", .. from county in new[] { "02", "03" } from below in Counties(city + county) select below]
                     select row,
    ]).History;

    public static DivisionTree Of(string edition, params IEnumerable<string> rows)
    {
        var all = rows.ToList();
        var counts = string.Join('/', new[] { 2, 4, 6, 9, 12 }.Select(digits => all.Count(row => row.IndexOf(',', StringComparison.Ordinal) == digits)));
        var bytes = all.Sum(row => Encoding.UTF8.GetByteCount(row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"# edition={edition} counts={counts} name-bytes={bytes}\n" + string.Concat(all.Select(row => row + ",\n"))));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }

    public static DivisionId Id(string code, int year = 2019) => DivisionId.Of(Code(code), year);

    public static DivisionCode Code(string code) => DivisionCode.Parse(code);

    private static IEnumerable<string> Counties(string county) =>
    [
        $"{county},县{county[2..]}", .. from town in new[] { "101", "102" }
                                      from row in (string[])[$"{county}{town},镇{town}", .. from village in new[] { "201", "202" } select $"{county}{town}{village},村{village}"]
                                      select row,
    ];
}
